package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.Map;
import java.util.Optional;

/** A new login on an old connection; the command byte is read already. */
public record ComChangeUser(
    String user,
    byte[] authResponse,
    Optional<String> database,
    Optional<String> authPlugin,
    Map<String, String> attributes) {
  public static ComChangeUser read(PayloadReader in, Capabilities capabilities) {
    String user = in.readNulString();
    byte[] response = in.readBytes(in.readUint8());
    Optional<String> database = Optional.of(in.readNulString()).filter(name -> !name.isEmpty());
    Optional<String> plugin = Optional.empty();
    Map<String, String> attributes = Map.of();
    if (in.remaining() >= 2) {
      in.skip(2);
      if (capabilities.has(Capabilities.PLUGIN_AUTH) && !in.isExhausted()) {
        plugin = Optional.of(in.readNulString());
      }
      if (capabilities.has(Capabilities.CONNECT_ATTRS) && !in.isExhausted()) {
        attributes = ConnectAttributes.read(in);
      }
    }
    return new ComChangeUser(user, response, database, plugin, attributes);
  }

  public void write(PayloadWriter out, Capabilities capabilities) {
    out.writeUint8(Command.CHANGE_USER.code())
        .writeNulString(user)
        .writeUint8(authResponse.length)
        .writeBytes(authResponse)
        .writeNulString(database.orElse(""))
        .writeUint16(Collation.UTF8MB4_0900_AI_CI.number());
    if (capabilities.has(Capabilities.PLUGIN_AUTH)) {
      out.writeNulString(authPlugin.orElse(""));
    }
    if (capabilities.has(Capabilities.CONNECT_ATTRS)) {
      ConnectAttributes.write(attributes, out);
    }
  }
}
