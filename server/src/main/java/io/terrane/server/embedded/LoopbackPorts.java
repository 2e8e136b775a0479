package io.terrane.server.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on. */
final class LoopbackPorts {
  private LoopbackPorts() {}

  /** Free at the moment of the answer; who is to listen there should do so soon. */
  static int findFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
