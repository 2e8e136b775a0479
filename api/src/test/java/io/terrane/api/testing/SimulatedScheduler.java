package io.terrane.api.testing;

import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * One queue of tasks in simulated time: a scheduler, an executor, a monotonic and a wall clock that
 * agree. Tasks run inside {@link #runFor} and {@link #runUntilIdle}, on the caller's thread,
 * ordered by time and then by arrival. Tasks may be added from other threads.
 */
public final class SimulatedScheduler implements Scheduler, Executor, Ticker, InstantSource {
  private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long nowNanos;
  private long arrivals;

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable action) {
    Task task = new Task(nowNanos + Math.max(0, delay.toNanos()), arrivals++, action);
    tasks.add(task);
    return () -> remove(task);
  }

  @Override
  public void execute(Runnable action) {
    schedule(Duration.ZERO, action);
  }

  @Override
  public synchronized long nanos() {
    return nowNanos;
  }

  @Override
  public synchronized Instant instant() {
    return ORIGIN.plusNanos(nowNanos);
  }

  /** Runs everything that is due within {@code duration}, then the clocks stand at its end. */
  public void runFor(Duration duration) {
    long end = nanos() + duration.toNanos();
    for (Task task = poll(end); task != null; task = poll(end)) {
      task.action.run();
    }
    synchronized (this) {
      nowNanos = end;
    }
  }

  /** Runs what is due now, and what that makes due now, without moving the clocks. */
  public void runUntilIdle() {
    runFor(Duration.ZERO);
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  private synchronized Task poll(long end) {
    Task first = tasks.peek();
    if (first == null || first.dueNanos > end) {
      return null;
    }
    nowNanos = Math.max(nowNanos, first.dueNanos);
    return tasks.poll();
  }

  private record Task(long dueNanos, long arrival, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(dueNanos, other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }
}
