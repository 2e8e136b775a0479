package io.terrane.api.node;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A node as the metasrv sees it.
 *
 * @param alive it was heard of lately enough
 * @param phi of a datanode that was heard of: how improbable its present silence is by its own
 *     rhythm, as the negative decimal logarithm
 */
public record NodeStatus(
    NodeInfo info,
    boolean alive,
    Instant lastHeartbeat,
    int leaderRegions,
    int followerRegions,
    OptionalDouble phi) {
  public NodeStatus {
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(lastHeartbeat, "lastHeartbeat");
    Objects.requireNonNull(phi, "phi");
  }

  /** A node that nobody suspects. */
  public NodeStatus(
      NodeInfo info, boolean alive, Instant lastHeartbeat, int leaderRegions, int followerRegions) {
    this(info, alive, lastHeartbeat, leaderRegions, followerRegions, OptionalDouble.empty());
  }
}
