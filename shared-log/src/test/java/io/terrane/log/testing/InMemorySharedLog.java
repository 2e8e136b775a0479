package io.terrane.log.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A log in memory. All answers arrive through the executor given, so that a simulation decides
 * their order. It has no clock: a poll at the end waits until something is appended, or answers at
 * once with nothing if its wait is zero.
 */
public final class InMemorySharedLog implements SharedLog {
  private final Executor executor;
  private final Map<LogTopic, Topic> topics = new HashMap<>();

  public InMemorySharedLog(Executor executor) {
    this.executor = executor;
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> names) {
    synchronized (this) {
      names.forEach(name -> topics.computeIfAbsent(name, key -> new Topic()));
    }
    return answer(null);
  }

  @Override
  public CompletableFuture<Long> append(LogTopic name, LogRecord record) {
    long position;
    List<Runnable> waiting;
    if (record.size() > LogRecord.SIZE_MAX) {
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.RESOURCE_EXHAUSTED,
              "record of " + record.size() + " bytes is larger than log topic " + name + " takes"));
    }
    synchronized (this) {
      Topic topic = topics.get(name);
      if (topic == null) {
        return CompletableFuture.failedFuture(unknown(name));
      }
      position = topic.start + topic.records.size();
      topic.records.add(record);
      waiting = List.copyOf(topic.waiting);
      topic.waiting.clear();
    }
    waiting.forEach(executor::execute);
    return answer(position);
  }

  @Override
  public synchronized CompletableFuture<Long> end(LogTopic name) {
    Topic topic = topics.get(name);
    return topic == null
        ? CompletableFuture.failedFuture(unknown(name))
        : answer(topic.start + topic.records.size());
  }

  @Override
  public synchronized CompletableFuture<Long> start(LogTopic name) {
    Topic topic = topics.get(name);
    return topic == null ? CompletableFuture.failedFuture(unknown(name)) : answer(topic.start);
  }

  @Override
  public LogReader read(LogTopic name, long from) {
    return new Reader(name, from);
  }

  @Override
  public synchronized CompletableFuture<Void> trim(LogTopic name, long before) {
    Topic topic = topic(name);
    int count = (int) Math.min(topic.records.size(), Math.max(0, before - topic.start));
    topic.records.subList(0, count).clear();
    topic.start += count;
    return answer(null);
  }

  @Override
  public void close() {}

  private <T> CompletableFuture<T> answer(T value) {
    CompletableFuture<T> future = new CompletableFuture<>();
    executor.execute(() -> future.complete(value));
    return future;
  }

  private Topic topic(LogTopic name) {
    Topic topic = topics.get(name);
    if (topic == null) {
      throw unknown(name);
    }
    return topic;
  }

  private static TerraneException unknown(LogTopic name) {
    return new TerraneException(ErrorCode.LOG_UNAVAILABLE, "log topic " + name + " is unknown");
  }

  private static final class Topic {
    long start;
    final List<LogRecord> records = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();
  }

  private final class Reader implements LogReader {
    private final LogTopic name;
    private long position;
    private boolean closed;

    Reader(LogTopic name, long from) {
      this.name = name;
      this.position = from;
    }

    @Override
    public CompletableFuture<List<LogEntry>> poll(Duration wait) {
      CompletableFuture<List<LogEntry>> future = new CompletableFuture<>();
      executor.execute(() -> give(future, !wait.isZero()));
      return future;
    }

    private void give(CompletableFuture<List<LogEntry>> future, boolean mayWait) {
      synchronized (InMemorySharedLog.this) {
        Topic topic = topics.get(name);
        if (topic == null) {
          future.completeExceptionally(unknown(name));
          return;
        }
        if (position < topic.start) {
          future.completeExceptionally(
              new TerraneException(
                  ErrorCode.LOG_TRUNCATED,
                  "log topic " + name + " begins at " + topic.start + ", not at " + position));
          return;
        }
        List<LogEntry> entries = new ArrayList<>();
        for (int i = (int) (position - topic.start); i < topic.records.size(); i++) {
          entries.add(new LogEntry(topic.start + i, topic.records.get(i)));
        }
        if (entries.isEmpty() && mayWait && !closed) {
          topic.waiting.add(() -> give(future, true));
          return;
        }
        position += entries.size();
        future.complete(entries);
      }
    }

    @Override
    public long position() {
      synchronized (InMemorySharedLog.this) {
        return position;
      }
    }

    @Override
    public void close() {
      List<Runnable> waiting;
      synchronized (InMemorySharedLog.this) {
        closed = true;
        waiting = List.copyOf(topic(name).waiting);
        topic(name).waiting.clear();
      }
      waiting.forEach(executor::execute);
    }
  }
}
