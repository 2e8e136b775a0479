package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.nio.charset.StandardCharsets;

/**
 * Failure. Source: MySQL manual, "ERR_Packet".
 *
 * @param sqlState five characters
 */
public record ErrPacket(int errno, String sqlState, String message) {
  public static final int HEADER = 0xFF;

  public void write(PayloadWriter out) {
    out.writeUint8(HEADER)
        .writeUint16(errno)
        .writeUint8('#')
        .writeString(sqlState)
        .writeString(message);
  }

  public static ErrPacket read(PayloadReader in) {
    in.skip(1);
    int errno = in.readUint16();
    in.skip(1);
    String sqlState = new String(in.readBytes(5), StandardCharsets.US_ASCII);
    return new ErrPacket(errno, sqlState, in.readRestString());
  }
}
