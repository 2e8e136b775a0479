package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/** Ends a block of definitions or rows for clients without DEPRECATE_EOF. */
public record EofPacket(int warnings, StatusFlags status) {
  public static final int HEADER = 0xFE;
  private static final int WARNINGS_MAX = 0xFFFF;

  public void write(PayloadWriter out) {
    out.writeUint8(HEADER).writeUint16(Math.min(warnings, WARNINGS_MAX)).writeUint16(status.bits());
  }

  public static EofPacket read(PayloadReader in) {
    in.skip(1);
    return new EofPacket(in.readUint16(), new StatusFlags(in.readUint16()));
  }
}
