package io.terrane.objectstore;

import java.time.Duration;

/**
 * How often and how long to try again. The wait before try n+1 is drawn between nothing and {@code
 * firstWait} times 2 to the power n-1, at most {@code longestWait}.
 *
 * @param tries calls in all
 */
public record RetryLimits(int tries, Duration firstWait, Duration longestWait) {
  static final RetryLimits DEFAULT =
      new RetryLimits(6, Duration.ofMillis(50), Duration.ofSeconds(2));

  public RetryLimits {
    if (tries < 1 || firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "invalid retry limits: %d tries, %s to %s".formatted(tries, firstWait, longestWait));
    }
  }

  /** Upper bound of the wait after {@code done} tries. */
  Duration waitAfter(int done) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(done - 1, 20));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
