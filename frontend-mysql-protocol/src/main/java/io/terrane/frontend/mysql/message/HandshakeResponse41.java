package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.Map;
import java.util.Optional;

/**
 * A client's answer to the greeting. Source: MySQL manual, "Protocol::HandshakeResponse41".
 *
 * @param capabilities as the client sent them; fields it has a flag for are read by these
 * @param authResponse what the plugin makes of the password and the salt; may be empty
 */
public record HandshakeResponse41(
    Capabilities capabilities,
    String user,
    byte[] authResponse,
    Optional<String> database,
    Optional<String> authPlugin,
    Map<String, String> attributes) {
  /** Capabilities, packet size, collation, 23 reserved bytes: all that an SSLRequest has. */
  public static final int PREFIX_BYTES = 32;

  private static final int RESERVED_BYTES = 23;

  public static HandshakeResponse41 read(PayloadReader in) {
    Capabilities capabilities = new Capabilities(in.readUint32());
    in.skip(PREFIX_BYTES - 4);
    String user = in.readNulString();
    byte[] response;
    if (capabilities.has(Capabilities.PLUGIN_AUTH_LENENC)) {
      response = in.readLengthBytes();
    } else if (capabilities.has(Capabilities.SECURE_CONNECTION)) {
      response = in.readBytes(in.readUint8());
    } else {
      response = in.readNulBytes();
    }
    Optional<String> database = Optional.empty();
    if (capabilities.has(Capabilities.CONNECT_WITH_DB) && !in.isExhausted()) {
      database = Optional.of(in.readNulString()).filter(name -> !name.isEmpty());
    }
    Optional<String> plugin = Optional.empty();
    if (capabilities.has(Capabilities.PLUGIN_AUTH) && !in.isExhausted()) {
      plugin = Optional.of(in.readNulString());
    }
    Map<String, String> attributes = Map.of();
    if (capabilities.has(Capabilities.CONNECT_ATTRS) && !in.isExhausted()) {
      attributes = ConnectAttributes.read(in);
    }
    return new HandshakeResponse41(capabilities, user, response, database, plugin, attributes);
  }

  public void write(PayloadWriter out) {
    out.writeInt32((int) capabilities.bits())
        .writeInt32(1 << 30)
        .writeUint8(Collation.UTF8MB4_0900_AI_CI.number())
        .writeZeros(RESERVED_BYTES)
        .writeNulString(user);
    if (capabilities.has(Capabilities.PLUGIN_AUTH_LENENC)) {
      out.writeLengthBytes(authResponse);
    } else if (capabilities.has(Capabilities.SECURE_CONNECTION)) {
      out.writeUint8(authResponse.length).writeBytes(authResponse);
    } else {
      out.writeBytes(authResponse).writeUint8(0);
    }
    if (capabilities.has(Capabilities.CONNECT_WITH_DB)) {
      out.writeNulString(database.orElse(""));
    }
    if (capabilities.has(Capabilities.PLUGIN_AUTH)) {
      out.writeNulString(authPlugin.orElse(""));
    }
    if (capabilities.has(Capabilities.CONNECT_ATTRS)) {
      ConnectAttributes.write(attributes, out);
    }
  }
}
