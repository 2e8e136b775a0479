package io.terrane.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads one topic forward. One call at a time. */
public interface LogReader extends AutoCloseable {
  /**
   * Completes with the next entries as soon as there are some, or with none after {@code wait}; an
   * entry is given once. Fails with LOG_TRUNCATED when the next position has been trimmed away,
   * with LOG_UNAVAILABLE when the log does not answer (the call may be repeated then).
   */
  CompletableFuture<List<LogEntry>> poll(Duration wait);

  /** Position after everything given or skipped so far: where the next poll goes on. */
  long position();

  @Override
  void close();
}
