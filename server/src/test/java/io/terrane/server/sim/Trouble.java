package io.terrane.server.sim;

import java.time.Duration;
import java.util.Random;

/** How the log, or the bucket, does at present: shared by the connections to it. */
final class Trouble {
  private final Random random;
  private int percent;
  private Duration slowness = Duration.ZERO;

  Trouble(Random random) {
    this.random = random;
  }

  /** From now on this share of calls meets a fault, and every call takes so much longer. */
  void set(int faultPercent, Duration delay) {
    percent = faultPercent;
    slowness = delay;
  }

  boolean strikes() {
    return percent > 0 && random.nextInt(100) < percent;
  }

  /** How long the next call takes, one way. */
  Duration latency() {
    long least = 200_000;
    long most = 1_000_000 + slowness.toNanos();
    return Duration.ofNanos(least + (long) (random.nextDouble() * most));
  }
}
