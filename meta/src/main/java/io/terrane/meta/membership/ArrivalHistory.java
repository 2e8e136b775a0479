package io.terrane.meta.membership;

import java.time.Duration;

/**
 * When a node's last heartbeats came, and how improbable its present silence is: the phi of
 * Hayashibara, Défago, Yared and Katayama, "The φ accrual failure detector" (2004). Phi 8 says that
 * a silence like this would be seen once in 10^8 heartbeats. Not thread-safe.
 */
final class ArrivalHistory {
  private static final int SAMPLES_MAX = 100;

  /** Below this the spread is not believed: a scheduler's jitter alone is as much. */
  private static final double DEVIATION_NANOS_MIN = 100_000_000;

  private final double[] intervals = new double[SAMPLES_MAX];
  private final double expectedNanos;
  private final double pauseNanos;
  private int count;
  private int next;
  private long lastNanos;

  /**
   * @param expected interval until one is known; shorter ones, of heartbeats that were sent early,
   *     count as this
   * @param pause how much longer than usual a node may be silent before that counts
   */
  ArrivalHistory(Duration expected, Duration pause, long nowNanos) {
    this.expectedNanos = expected.toNanos();
    this.pauseNanos = pause.toNanos();
    this.lastNanos = nowNanos;
  }

  void heard(long nowNanos) {
    double interval = Math.max(expectedNanos, nowNanos - lastNanos);
    lastNanos = nowNanos;
    intervals[next] = interval;
    next = (next + 1) % SAMPLES_MAX;
    count = Math.min(count + 1, SAMPLES_MAX);
  }

  long silenceNanos(long nowNanos) {
    return nowNanos - lastNanos;
  }

  /** Of the present silence; grows without bound. */
  double phi(long nowNanos) {
    double mean = mean();
    double deviation = Math.max(DEVIATION_NANOS_MIN, deviation(mean));
    double y = (silenceNanos(nowNanos) - mean - pauseNanos) / deviation;
    // Logistic approximation of the normal distribution's tail.
    double exponent = -y * (1.5976 + 0.070566 * y * y);
    return exponent > 700
        ? 0
        : (Math.log1p(Math.exp(Math.min(exponent, 700))) - exponent) / Math.log(10);
  }

  private double mean() {
    if (count == 0) {
      return expectedNanos;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += intervals[i];
    }
    return sum / count;
  }

  private double deviation(double mean) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (intervals[i] - mean) * (intervals[i] - mean);
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }
}
