package io.terrane.meta.membership;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Until when datanodes may believe that they lead, on this metasrv's monotonic clock. A datanode
 * counts from when it sent its heartbeat, which is before it was granted here; the margin is for
 * clocks of different speed. Leases of an earlier metasrv are assumed for everything until the
 * initial grace is over. Thread-safe.
 */
public final class RegionLeases {
  private final Ticker ticker;
  private final Duration duration;
  private final long spanNanos;
  private final long graceEndNanos;
  private final Map<RegionId, Long> regionEnds = new HashMap<>();
  private final Map<NodeId, Long> nodeEnds = new HashMap<>();

  public RegionLeases(Ticker ticker, Duration duration, Duration margin, Duration initialGrace) {
    this.ticker = ticker;
    this.duration = duration;
    this.spanNanos = duration.plus(margin).toNanos();
    this.graceEndNanos = ticker.nanos() + initialGrace.toNanos();
  }

  Duration duration() {
    return duration;
  }

  /** To be called before the image is read that says whether the leases are really sent. */
  synchronized void grant(NodeId node, Collection<RegionId> regions) {
    long now = ticker.nanos();
    if (!regions.isEmpty()) {
      nodeEnds.put(node, now + spanNanos);
    }
    regions.forEach(region -> regionEnds.put(region, now + spanNanos));
    regionEnds.values().removeIf(end -> end - now <= 0);
  }

  /** Until no datanode can believe that it leads the region; zero if none can. */
  public synchronized Duration remaining(RegionId region) {
    return until(regionEnds.getOrDefault(region, graceEndNanos));
  }

  /** Until the node cannot believe that it leads anything. */
  synchronized Duration remaining(NodeId node) {
    return until(nodeEnds.getOrDefault(node, graceEndNanos));
  }

  private Duration until(long endNanos) {
    long now = ticker.nanos();
    return Duration.ofNanos(Math.max(0, Math.max(endNanos - now, graceEndNanos - now)));
  }
}
