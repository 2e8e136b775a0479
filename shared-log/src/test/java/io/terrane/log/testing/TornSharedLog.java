package io.terrane.log.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A log with bad luck, around another. A script may refuse an append, lose its answer, or lose it
 * altogether; a test may hold appends back, tear them off, or cut the log off. Appends that reach
 * the inner log do so in the order of the calls. Thread-safe; holds back without bound.
 */
public final class TornSharedLog implements SharedLog {
  private final SharedLog log;
  private final BiFunction<LogTopic, LogRecord, LogFault> script;

  // Guarded by this.
  private final Deque<Held> held = new ArrayDeque<>();
  private boolean holding;
  private boolean cutOff;

  private record Held(LogTopic topic, LogRecord record, CompletableFuture<Long> answer) {}

  /**
   * @param script asked once for each append, in order
   */
  public TornSharedLog(SharedLog log, BiFunction<LogTopic, LogRecord, LogFault> script) {
    this.log = log;
    this.script = script;
  }

  /** No bad luck but what the test brings about by itself. */
  public static TornSharedLog around(SharedLog log) {
    return new TornSharedLog(log, (topic, record) -> LogFault.NONE);
  }

  /**
   * Every kind of fault with equal probability.
   *
   * @param faults share of appends that meet one, 0 to 1
   */
  public static TornSharedLog seeded(SharedLog log, RandomGenerator random, double faults) {
    LogFault[] kinds = {LogFault.REFUSED, LogFault.ANSWER_LOST, LogFault.RECORD_LOST};
    return new TornSharedLog(
        log,
        (topic, record) -> {
          synchronized (random) {
            return random.nextDouble() < faults
                ? kinds[random.nextInt(kinds.length)]
                : LogFault.NONE;
          }
        });
  }

  /** From here on appends are neither written nor answered. */
  public synchronized void hold() {
    holding = true;
  }

  /** Writes what was held back, in order, and goes on. */
  public void release() {
    tear(Integer.MAX_VALUE, LogFault.NONE);
  }

  /**
   * As if the writer's connection broke: the first {@code surviving} of the appends held back are
   * written, the others are not, and no answer arrives. Then the log goes on.
   */
  public void tear(int surviving) {
    tear(surviving, LogFault.ANSWER_LOST);
  }

  private synchronized void tear(int surviving, LogFault survivors) {
    holding = false;
    for (int i = 0; !held.isEmpty(); i++) {
      Held append = held.poll();
      settle(append, i < surviving ? survivors : LogFault.RECORD_LOST);
    }
  }

  /** Every call fails with LOG_UNAVAILABLE and has no effect, until {@link #reconnect}. */
  public synchronized void cutOff() {
    cutOff = true;
  }

  public synchronized void reconnect() {
    cutOff = false;
  }

  @Override
  public synchronized CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
    if (cutOff) {
      return CompletableFuture.failedFuture(unavailable());
    }
    Held append = new Held(topic, record, new CompletableFuture<>());
    if (holding) {
      held.add(append);
    } else {
      settle(append, script.apply(topic, record));
    }
    return append.answer();
  }

  private void settle(Held append, LogFault fault) {
    CompletableFuture<Long> answer = append.answer();
    switch (fault) {
      case NONE ->
          forward(append).whenComplete((position, failure) -> finish(answer, position, failure));
      case REFUSED -> answer.completeExceptionally(unavailable());
      case ANSWER_LOST ->
          forward(append)
              .whenComplete((position, failure) -> finish(answer, position, answerLost(failure)));
      case RECORD_LOST -> answer.completeExceptionally(unknown());
    }
  }

  private CompletableFuture<Long> forward(Held append) {
    return log.append(append.topic(), append.record());
  }

  private static void finish(CompletableFuture<Long> answer, Long position, Throwable failure) {
    if (failure == null) {
      answer.complete(position);
    } else {
      answer.completeExceptionally(TerraneException.of(failure));
    }
  }

  private static Throwable answerLost(Throwable failure) {
    return failure == null ? unknown() : failure;
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
    return unlessCutOff(() -> log.createTopics(topics));
  }

  @Override
  public CompletableFuture<Long> end(LogTopic topic) {
    return unlessCutOff(() -> log.end(topic));
  }

  @Override
  public CompletableFuture<Long> start(LogTopic topic) {
    return unlessCutOff(() -> log.start(topic));
  }

  @Override
  public CompletableFuture<Void> trim(LogTopic topic, long before) {
    return unlessCutOff(() -> log.trim(topic, before));
  }

  @Override
  public LogReader read(LogTopic topic, long from) {
    LogReader reader = log.read(topic, from);
    return new LogReader() {
      @Override
      public CompletableFuture<List<LogEntry>> poll(Duration wait) {
        return unlessCutOff(() -> reader.poll(wait));
      }

      @Override
      public long position() {
        return reader.position();
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  /** Leaves the inner log open: what outlives a crash belongs to the test. */
  @Override
  public void close() {}

  private synchronized <T> CompletableFuture<T> unlessCutOff(Supplier<CompletableFuture<T>> call) {
    return cutOff ? CompletableFuture.failedFuture(unavailable()) : call.get();
  }

  private static TerraneException unavailable() {
    return new TerraneException(ErrorCode.LOG_UNAVAILABLE, "the log is torn: nothing was written");
  }

  private static TerraneException unknown() {
    return new TerraneException(ErrorCode.WRITE_OUTCOME_UNKNOWN, "the log is torn: no answer");
  }
}
