package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/** A plugin's own message to its other half. */
public record AuthMoreData(byte[] data) {
  public static final int HEADER = 0x01;

  public void write(PayloadWriter out) {
    out.writeUint8(HEADER).writeBytes(data);
  }

  public static AuthMoreData read(PayloadReader in) {
    in.skip(1);
    return new AuthMoreData(in.readRest());
  }
}
