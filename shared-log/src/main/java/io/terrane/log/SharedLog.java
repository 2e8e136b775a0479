package io.terrane.log;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * Durable sequences of records, one total order per topic, shared by many writers and readers.
 * Thread-safe. Futures complete on the log's own threads; continuations must not block. Failures
 * are TerraneExceptions.
 */
public interface SharedLog extends AutoCloseable {
  /** Makes the topics that do not exist yet. May be repeated. */
  CompletableFuture<Void> createTopics(Collection<LogTopic> topics);

  /**
   * Appends one record and completes with its position once it is durable. Appends of one thread to
   * one topic keep their order; an append does not block. Fails with LOG_UNAVAILABLE (nothing was
   * written), RESOURCE_EXHAUSTED (larger than {@link LogRecord#SIZE_MAX}, or too much in flight;
   * nothing was written) or WRITE_OUTCOME_UNKNOWN.
   */
  CompletableFuture<Long> append(LogTopic topic, LogRecord record);

  /** Position after the last durable record, as of some moment after the call. */
  CompletableFuture<Long> end(LogTopic topic);

  /** Position of the first record that is kept. */
  CompletableFuture<Long> start(LogTopic topic);

  /** A reader that begins at {@code from}; the caller closes it. */
  LogReader read(LogTopic topic, long from);

  /** Gives up every record before {@code before}. May be repeated; never goes back. */
  CompletableFuture<Void> trim(LogTopic topic, long before);

  @Override
  void close();
}
