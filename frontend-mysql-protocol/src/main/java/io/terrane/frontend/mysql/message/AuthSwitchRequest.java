package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/** Asks the client to answer by another plugin, with a new salt. */
public record AuthSwitchRequest(String authPlugin, byte[] salt) {
  public static final int HEADER = 0xFE;

  public void write(PayloadWriter out) {
    out.writeUint8(HEADER).writeNulString(authPlugin).writeBytes(salt).writeUint8(0);
  }

  public static AuthSwitchRequest read(PayloadReader in) {
    in.skip(1);
    return new AuthSwitchRequest(in.readNulString(), in.readNulBytes());
  }
}
