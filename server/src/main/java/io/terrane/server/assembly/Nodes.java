package io.terrane.server.assembly;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.server.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** How nodes of this process describe themselves. */
final class Nodes {
  private Nodes() {}

  static NodeInfo describe(NodeId id, NodeRole role, String address, Instant startedAt) {
    return new NodeInfo(
        id,
        role,
        address,
        hostname(),
        Version.NUMBER,
        Version.COMMIT,
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        startedAt);
  }

  /** How others reach what listens there: all interfaces are known by the machine's name. */
  static String advertised(InetSocketAddress listening) {
    InetAddress address = listening.getAddress();
    String host = address.isAnyLocalAddress() ? hostname() : address.getHostAddress();
    return host + ":" + listening.getPort();
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      // A machine without a name still has an address that others use.
      return "localhost";
    }
  }
}
