package io.terrane.api.node;

import io.terrane.api.region.RegionStat;
import io.terrane.api.region.WriteStall;
import java.util.List;
import java.util.Objects;

/**
 * Sent by every node to the metasrv leader.
 *
 * @param sequence grows within a node's life; answers carry it back
 * @param regions a datanode's open regions
 * @param stalls what a frontend has measured since its last heartbeat
 */
public record Heartbeat(
    NodeInfo node, long sequence, List<RegionStat> regions, List<WriteStall> stalls) {
  public Heartbeat {
    Objects.requireNonNull(node, "node");
    regions = List.copyOf(regions);
    stalls = List.copyOf(stalls);
  }

  /** As a node sends it that holds no writes. */
  public Heartbeat(NodeInfo node, long sequence, List<RegionStat> regions) {
    this(node, sequence, regions, List.of());
  }
}
