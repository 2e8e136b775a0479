package io.terrane.meta.failover;

import java.time.Duration;
import java.util.Objects;

/**
 * When regions are moved off a datanode by themselves.
 *
 * @param enabled whether a dead datanode's regions are moved; draining works in any case
 * @param phiMax a datanode is dead when its silence is as improbable as 10 to the power of minus
 *     this, by its own heartbeats
 * @param pause how much longer than usual a datanode may be silent before that counts
 * @param unknownAfter how long a datanode of which a new metasrv has never heard counts as on its
 *     way, where no other metasrv led just before: a whole cluster that starts comes up one by one
 * @param movesMax how many such moves may run at a time
 * @param retryAfter how long a region whose move failed is left alone
 */
public record FailoverConfig(
    boolean enabled,
    double phiMax,
    Duration pause,
    Duration unknownAfter,
    int movesMax,
    Duration retryAfter) {
  public static final FailoverConfig DEFAULT =
      new FailoverConfig(
          true, 8, Duration.ofMillis(1_500), Duration.ofSeconds(60), 16, Duration.ofSeconds(5));

  public FailoverConfig {
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(unknownAfter, "unknownAfter");
    Objects.requireNonNull(retryAfter, "retryAfter");
    if (!(phiMax > 0)) {
      throw new IllegalArgumentException("phiMax is " + phiMax + " but must be positive");
    }
    if (pause.isNegative() || unknownAfter.isNegative() || retryAfter.isNegative()) {
      throw new IllegalArgumentException("pause, unknownAfter, retryAfter may not be negative");
    }
    if (movesMax < 1) {
      throw new IllegalArgumentException("movesMax is " + movesMax + " but must be at least 1");
    }
  }

  /** Datanodes that are alive report within {@code time}. */
  public FailoverConfig knowingAfter(Duration time) {
    Duration least = time.compareTo(unknownAfter) < 0 ? time : unknownAfter;
    return new FailoverConfig(enabled, phiMax, pause, least, movesMax, retryAfter);
  }

  /** Dead datanodes keep their regions. */
  public FailoverConfig disabled() {
    return new FailoverConfig(false, phiMax, pause, unknownAfter, movesMax, retryAfter);
  }
}
