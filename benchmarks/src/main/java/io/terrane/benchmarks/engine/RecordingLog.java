package io.terrane.benchmarks.engine;

import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Shows somebody every record on its way to another log, which stays the caller's to close. */
final class RecordingLog implements SharedLog {
  private final SharedLog log;
  private final Consumer<LogRecord> seen;

  RecordingLog(SharedLog log, Consumer<LogRecord> seen) {
    this.log = log;
    this.seen = seen;
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
    return log.createTopics(topics);
  }

  @Override
  public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
    seen.accept(record);
    return log.append(topic, record);
  }

  @Override
  public CompletableFuture<Long> end(LogTopic topic) {
    return log.end(topic);
  }

  @Override
  public CompletableFuture<Long> start(LogTopic topic) {
    return log.start(topic);
  }

  @Override
  public LogReader read(LogTopic topic, long from) {
    return log.read(topic, from);
  }

  @Override
  public CompletableFuture<Void> trim(LogTopic topic, long before) {
    return log.trim(topic, before);
  }

  @Override
  public void close() {}
}
