package io.terrane.datanode.worker;

import io.terrane.api.node.RegionLease;
import io.terrane.api.time.Ticker;

/** Leave to lead under the present epoch, counted on the monotonic clock. Region worker only. */
final class Lease {
  private final Ticker ticker;
  private long epoch;
  private boolean granted;
  private long endNanos;

  Lease(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Forgets what was granted for other epochs. */
  void reset(long newEpoch) {
    if (newEpoch != epoch) {
      epoch = newEpoch;
      granted = false;
    }
  }

  void grant(RegionLease lease, long sentNanos) {
    if (lease.epoch().value() != epoch) {
      return;
    }
    long end = sentNanos + lease.duration().toNanos();
    endNanos = granted ? Math.max(endNanos, end) : end;
    granted = true;
  }

  boolean isValid() {
    return granted && ticker.nanos() - endNanos < 0;
  }

  /** Granted once, and run out. */
  boolean isExpired() {
    return granted && ticker.nanos() - endNanos >= 0;
  }
}
