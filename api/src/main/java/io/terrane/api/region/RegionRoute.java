package io.terrane.api.region;

import io.terrane.api.node.NodeId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one region is.
 *
 * @param epoch of the present leader
 * @param downgradingSince set while the state is DOWNGRADING
 * @param walTopic number of the WAL topic the region is bound to for life
 */
public record RegionRoute(
    RegionId region,
    NodeId leader,
    RegionEpoch epoch,
    LeaderState state,
    Optional<Instant> downgradingSince,
    int walTopic) {
  public RegionRoute {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(leader, "leader");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(downgradingSince, "downgradingSince");
  }

  public boolean isWritable() {
    return state == LeaderState.ALIVE;
  }

  /** The same region under another leader with its epoch, alive. */
  public RegionRoute ledBy(NodeId node, RegionEpoch newEpoch) {
    return new RegionRoute(region, node, newEpoch, LeaderState.ALIVE, Optional.empty(), walTopic);
  }

  public RegionRoute downgrading(Instant since) {
    return new RegionRoute(
        region, leader, epoch, LeaderState.DOWNGRADING, Optional.of(since), walTopic);
  }
}
