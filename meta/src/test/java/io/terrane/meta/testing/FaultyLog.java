package io.terrane.meta.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A log whose appends can be made to fail by their number, counted over all sessions, and whose
 * sessions can be cut off as if their process had died.
 */
public final class FaultyLog {
  private final SharedLog log;
  private long appends;
  private long firstFaulty = Long.MAX_VALUE;
  private long lastFaulty = -1;
  private Fault fault = Fault.NOT_WRITTEN;
  private final List<LogRecord> late = new ArrayList<>();
  private Runnable onCrash = () -> {};

  public FaultyLog(SharedLog log) {
    this.log = log;
  }

  /** What happens to an append. */
  public enum Fault {
    /** WRITE_OUTCOME_UNKNOWN, and it was not written. */
    NOT_WRITTEN,
    /** WRITE_OUTCOME_UNKNOWN, but it was written. */
    ANSWER_LOST,
    /** WRITE_OUTCOME_UNKNOWN, and it is written after the append that follows. */
    WRITTEN_LATE,
    /** LOG_UNAVAILABLE. */
    UNAVAILABLE,
    /** The process dies before it is written. */
    CRASH_BEFORE,
    /** The process dies when it is written. */
    CRASH_AFTER
  }

  /** Appends so far. */
  public long appends() {
    return appends;
  }

  /** The {@code number}-th append from now, 1 being the next, meets the fault. */
  public void failAppend(long number, Fault what) {
    firstFaulty = appends + number;
    lastFaulty = firstFaulty;
    fault = what;
  }

  /** The {@code number}-th append from now and all that follow meet the fault. */
  public void failFrom(long number, Fault what) {
    failAppend(number, what);
    lastFaulty = Long.MAX_VALUE;
  }

  /** No append meets a fault any more. */
  public void heal() {
    lastFaulty = -1;
  }

  /** Writes now what was to be written late. */
  public void writeLate(LogTopic topic) {
    late.forEach(record -> log.append(topic, record));
    late.clear();
  }

  /** Called when a crash fault strikes. */
  public void onCrash(Runnable action) {
    onCrash = action;
  }

  /** A process' connection, which ends with the process. */
  public Session open() {
    return new Session();
  }

  /** One process' connection. */
  public final class Session implements SharedLog {
    private boolean cut;

    void cut() {
      cut = true;
    }

    @Override
    public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
      return log.createTopics(topics);
    }

    @Override
    public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
      if (cut) {
        return new CompletableFuture<>();
      }
      appends++;
      boolean faulty = appends >= firstFaulty && appends <= lastFaulty;
      if (!faulty) {
        CompletableFuture<Long> position = log.append(topic, record);
        writeLate(topic);
        return position;
      }
      return switch (fault) {
        case NOT_WRITTEN -> unknown();
        case ANSWER_LOST -> {
          log.append(topic, record);
          yield unknown();
        }
        case WRITTEN_LATE -> {
          late.add(record);
          yield unknown();
        }
        case UNAVAILABLE ->
            CompletableFuture.failedFuture(
                new TerraneException(ErrorCode.LOG_UNAVAILABLE, "no log"));
        case CRASH_BEFORE -> {
          onCrash.run();
          yield new CompletableFuture<>();
        }
        case CRASH_AFTER -> {
          log.append(topic, record);
          onCrash.run();
          yield new CompletableFuture<>();
        }
      };
    }

    private CompletableFuture<Long> unknown() {
      return CompletableFuture.failedFuture(
          new TerraneException(ErrorCode.WRITE_OUTCOME_UNKNOWN, "the log's answer was lost"));
    }

    @Override
    public CompletableFuture<Long> end(LogTopic topic) {
      return cut ? new CompletableFuture<>() : log.end(topic);
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
      return cut ? new CompletableFuture<>() : log.trim(topic, before);
    }

    @Override
    public void close() {}
  }
}
