package io.terrane.meta.procedure;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * When a failed step is tried again: pauses double from {@code first} to {@code longest}, each
 * shortened by up to a half at random so that many do not come at once.
 *
 * @param triesMax tries of one step, the first included
 */
public record RetryPolicy(int triesMax, Duration first, Duration longest) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(12, Duration.ofMillis(200), Duration.ofSeconds(10));

  public RetryPolicy {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (triesMax < 1) {
      throw new IllegalArgumentException("triesMax is " + triesMax + " but must be at least 1");
    }
  }

  public boolean allowsAfter(int tries) {
    return tries < triesMax;
  }

  /** Pause after so many tries. */
  public Duration pauseAfter(int tries, RandomGenerator random) {
    long doubled = first.toNanos() << Math.min(20, tries - 1);
    long full = Math.min(longest.toNanos(), doubled);
    return Duration.ofNanos(full - (long) (full / 2 * random.nextDouble()));
  }
}
