package io.terrane.api.node;

import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import java.time.Duration;
import java.util.Objects;

/**
 * How long the leader of a region may believe that it leads, as the metasrv counts it.
 *
 * @param remaining with the margin for clocks of different speed; zero: certainly no longer
 */
public record LeaseStatus(RegionId region, NodeId leader, RegionEpoch epoch, Duration remaining) {
  public LeaseStatus {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(leader, "leader");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(remaining, "remaining");
  }
}
