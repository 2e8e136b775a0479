package io.terrane.api.time;

import java.time.Duration;

/**
 * Runs tasks later. Production hands out one timer thread that passes tasks to an executor; the
 * simulation hands out a queue ordered by simulated time. Tasks must not block.
 */
public interface Scheduler {
  /**
   * Runs {@code task} once after {@code delay}. An exception of the task is logged by the owner.
   */
  Cancellable schedule(Duration delay, Runnable task);

  /** A task that may still be stopped. */
  @FunctionalInterface
  interface Cancellable {
    /** Stops the task if it has not started; may be called any number of times. */
    void cancel();
  }
}
