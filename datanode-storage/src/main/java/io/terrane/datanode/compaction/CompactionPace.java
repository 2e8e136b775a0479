package io.terrane.datanode.compaction;

import io.terrane.api.time.Ticker;
import java.time.Duration;

/** Keeps what all compactions of a datanode write below a rate. Thread-safe. */
public final class CompactionPace {
  private final Ticker ticker;
  private final long bytesPerSecond;
  private boolean started;
  private long freeAt;

  /**
   * @param bytesPerSecond 0: any
   */
  public CompactionPace(Ticker ticker, long bytesPerSecond) {
    this.ticker = ticker;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** How long to wait after having written so many bytes. */
  public synchronized Duration charge(long bytes) {
    if (bytesPerSecond == 0) {
      return Duration.ZERO;
    }
    long now = ticker.nanos();
    if (!started || freeAt - now < 0) {
      started = true;
      freeAt = now;
    }
    freeAt += (long) (bytes * 1e9 / bytesPerSecond);
    return Duration.ofNanos(freeAt - now);
  }
}
