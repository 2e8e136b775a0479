package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The server's first packet. Source: MySQL manual, "Protocol::HandshakeV10".
 *
 * @param salt 20 bytes, none of them zero
 */
public record HandshakeV10(
    String serverVersion,
    int connectionId,
    byte[] salt,
    Capabilities capabilities,
    StatusFlags status,
    String authPlugin) {
  public static final int SALT_BYTES = 20;
  private static final int PROTOCOL = 10;
  private static final int SALT_BYTES_FIRST = 8;
  private static final int RESERVED_BYTES = 10;

  public void write(PayloadWriter out) {
    long bits = capabilities.bits();
    out.writeUint8(PROTOCOL)
        .writeNulString(serverVersion)
        .writeInt32(connectionId)
        .writeBytes(salt, 0, SALT_BYTES_FIRST)
        .writeUint8(0)
        .writeUint16((int) bits)
        .writeUint8(Collation.UTF8MB4_0900_AI_CI.number())
        .writeUint16(status.bits())
        .writeUint16((int) (bits >>> 16))
        .writeUint8(SALT_BYTES + 1)
        .writeZeros(RESERVED_BYTES)
        .writeBytes(salt, SALT_BYTES_FIRST, SALT_BYTES - SALT_BYTES_FIRST)
        .writeUint8(0)
        .writeNulString(authPlugin);
  }

  public static HandshakeV10 read(PayloadReader in) {
    in.skip(1);
    String version = in.readNulString();
    int connectionId = in.readInt32();
    byte[] salt = Arrays.copyOf(in.readBytes(SALT_BYTES_FIRST), SALT_BYTES);
    in.skip(1);
    long low = in.readUint16();
    in.skip(1);
    StatusFlags status = new StatusFlags(in.readUint16());
    long high = in.readUint16();
    in.skip(1 + RESERVED_BYTES);
    byte[] rest = in.readBytes(SALT_BYTES - SALT_BYTES_FIRST);
    System.arraycopy(rest, 0, salt, SALT_BYTES_FIRST, rest.length);
    in.skip(1);
    String plugin = new String(in.readNulBytes(), StandardCharsets.US_ASCII);
    return new HandshakeV10(
        version, connectionId, salt, new Capabilities(low | high << 16), status, plugin);
  }
}
