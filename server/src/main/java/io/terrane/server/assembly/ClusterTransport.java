package io.terrane.server.assembly;

import io.terrane.api.node.NodeId;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.RegionService;

/**
 * Publishes a node's services and gives the ports of the others. Whether these are the very objects
 * or clients of a wire is decided here and nowhere else.
 */
public interface ClusterTransport extends AutoCloseable {
  /** Makes the metasrv reachable. */
  void publishMeta(MetaPorts ports);

  /**
   * Makes a datanode reachable.
   *
   * @param regions may be asked for from now on
   */
  void publishRegions(NodeId node, RegionService regions);

  /** The address that {@link #publishMeta} or {@link #publishRegions} will be reached at. */
  String address();

  /** The metasrv. */
  MetaPorts meta();

  /** The datanodes. */
  Datanodes datanodes();

  @Override
  void close();
}
