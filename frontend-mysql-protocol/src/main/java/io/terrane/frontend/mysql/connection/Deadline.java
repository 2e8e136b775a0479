package io.terrane.frontend.mysql.connection;

import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A deadline that is moved far more often than it is reached: moving it costs a clock reading, and
 * the task that waits for it looks again when it comes too early. All on {@code thread}.
 */
final class Deadline {
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final Executor thread;
  private final Runnable reached;
  private long atNanos;
  private boolean set;
  private Scheduler.Cancellable task;
  private long taskAtNanos;

  Deadline(Scheduler scheduler, Ticker ticker, Executor thread, Runnable reached) {
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.thread = thread;
    this.reached = reached;
  }

  void moveTo(Duration fromNow) {
    atNanos = ticker.nanos() + fromNow.toNanos();
    set = true;
    if (task != null && taskAtNanos - atNanos > 0) {
      task.cancel();
      task = null;
    }
    if (task == null) {
      schedule(fromNow);
    }
  }

  /** Nothing is due until it is moved again. */
  void suspend() {
    set = false;
  }

  void cancel() {
    set = false;
    if (task != null) {
      task.cancel();
      task = null;
    }
  }

  private void schedule(Duration delay) {
    taskAtNanos = atNanos;
    task = scheduler.schedule(delay, () -> thread.execute(this::check));
  }

  private void check() {
    task = null;
    if (!set) {
      return;
    }
    long left = atNanos - ticker.nanos();
    if (left > 0) {
      schedule(Duration.ofNanos(left));
    } else {
      set = false;
      reached.run();
    }
  }
}
