package io.terrane.api.node;

import io.terrane.api.region.RegionStat;
import java.util.List;
import java.util.Objects;

/**
 * Sent by every node to the metasrv leader.
 *
 * @param sequence grows within a node's life; answers carry it back
 * @param regions a datanode's open regions
 */
public record Heartbeat(NodeInfo node, long sequence, List<RegionStat> regions) {
  public Heartbeat {
    Objects.requireNonNull(node, "node");
    regions = List.copyOf(regions);
  }
}
