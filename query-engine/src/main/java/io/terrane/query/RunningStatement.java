package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement while it runs: its memory, and whether it shall stop. {@link #stop} may come from
 * any thread, the rest from the statement's.
 */
final class RunningStatement {
  private static final Logger log = LoggerFactory.getLogger(RunningStatement.class);

  private final BufferAllocator allocator;
  private final long memoryBytesMax;
  private final String text;
  private final long startedNanos;
  private final Runnable whenEnded;
  private final AtomicReference<ErrorCode> stopped = new AtomicReference<>();
  private Scheduler.Cancellable deadline;
  private volatile boolean ended;

  /**
   * @param whenEnded run once, when the statement has given its memory back
   */
  RunningStatement(
      BufferAllocator parent,
      long memoryBytesMax,
      String text,
      long startedNanos,
      Runnable whenEnded) {
    this.allocator = parent.newChildAllocator("statement", 0, memoryBytesMax);
    this.memoryBytesMax = memoryBytesMax;
    this.text = text;
    this.startedNanos = startedNanos;
    this.whenEnded = whenEnded;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  String text() {
    return text;
  }

  long startedNanos() {
    return startedNanos;
  }

  /** Stops the statement with QUERY_TIMED_OUT after a time. */
  void limit(Duration time, Scheduler scheduler) {
    deadline = scheduler.schedule(time, () -> stop(ErrorCode.QUERY_TIMED_OUT));
  }

  /** QUERY_INTERRUPTED or QUERY_TIMED_OUT; the first reason stays. */
  void stop(ErrorCode reason) {
    stopped.compareAndSet(null, reason);
  }

  boolean hasEnded() {
    return ended;
  }

  boolean isStopped() {
    return stopped.get() != null;
  }

  void check() {
    ErrorCode reason = stopped.get();
    if (reason != null) {
      throw stopError(reason, null);
    }
  }

  /** What the client is told of a failure of this statement. */
  TerraneException failure(RuntimeException failure) {
    if (failure instanceof OutOfMemoryException exhausted) {
      return new TerraneException(
          ErrorCode.QUERY_MEMORY_EXCEEDED,
          "Out of memory: the statement needs more than its " + memoryBytesMax + " bytes",
          exhausted);
    }
    TerraneException known = TerraneException.of(failure);
    ErrorCode reason = stopped.get();
    return known.code() == ErrorCode.QUERY_INTERRUPTED && reason != null
        ? stopError(reason, failure)
        : known;
  }

  private static TerraneException stopError(ErrorCode reason, Throwable cause) {
    String message =
        reason == ErrorCode.QUERY_TIMED_OUT
            ? "Query execution was interrupted, maximum statement execution time exceeded"
            : "Query execution was interrupted";
    return new TerraneException(reason, message, cause);
  }

  /** Gives the memory back; may be called any number of times. */
  void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (deadline != null) {
      deadline.cancel();
    }
    try {
      allocator.close();
    } catch (IllegalStateException leak) {
      log.error("statement leaked memory: {}", text, leak);
    }
    whenEnded.run();
  }
}
