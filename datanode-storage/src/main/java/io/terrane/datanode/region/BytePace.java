package io.terrane.datanode.region;

import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Keeps what several do together below a rate. Thread-safe. */
public final class BytePace {
  private final Ticker ticker;
  private final LongSupplier bytesPerSecond;
  private boolean started;
  private long freeAt;

  /**
   * @param bytesPerSecond asked at each charge; 0: any
   */
  public BytePace(Ticker ticker, LongSupplier bytesPerSecond) {
    this.ticker = ticker;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** How long to wait after so many bytes. */
  public synchronized Duration charge(long bytes) {
    long rate = bytesPerSecond.getAsLong();
    if (rate == 0) {
      started = false;
      return Duration.ZERO;
    }
    long now = ticker.nanos();
    if (!started || freeAt - now < 0) {
      started = true;
      freeAt = now;
    }
    freeAt += (long) (bytes * 1e9 / rate);
    return Duration.ofNanos(freeAt - now);
  }
}
