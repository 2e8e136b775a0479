package io.terrane.datanode.region;

import io.terrane.api.region.RegionId;

/** What a region asks of its datanode. Called by region workers; must not block. */
public interface RegionEvents {
  /** The metasrv should hear of this node soon: a region became leader or waits for its lease. */
  void heartbeatWanted();

  /** Memory is short and {@code region} holds most of it. */
  void flushWanted(RegionId region);
}
