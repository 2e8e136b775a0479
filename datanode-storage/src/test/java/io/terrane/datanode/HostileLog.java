package io.terrane.datanode;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A log that now and then refuses an append, loses the answer, loses the record, or writes it long
 * after it gave up on it; as the port allows.
 */
final class HostileLog implements SharedLog {
  private final SharedLog log;
  private final Scheduler scheduler;
  private final Random random;
  private final int troublePercent;
  private Duration answerDelay = Duration.ZERO;
  private final List<Runnable> late = new ArrayList<>();

  HostileLog(SharedLog log, Scheduler scheduler, Random random, int troublePercent) {
    this.log = log;
    this.scheduler = scheduler;
    this.random = random;
    this.troublePercent = troublePercent;
  }

  @Override
  public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
    if (random.nextInt(100) >= troublePercent) {
      CompletableFuture<Long> appended = delayed(log.append(topic, record));
      late.forEach(Runnable::run);
      late.clear();
      return appended;
    }
    switch (random.nextInt(5)) {
      case 0:
        return failed(ErrorCode.LOG_UNAVAILABLE);
      case 1:
        log.append(topic, record);
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
      case 2:
        scheduler.schedule(
            Duration.ofMillis(random.nextInt(3000)), () -> log.append(topic, record));
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
      case 3:
        int steps = random.nextInt(12);
        late.add(() -> appendAfter(steps, topic, record)); // behind the next record, often a fence
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
      default:
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
    }
  }

  /** From now on an append is answered so long after it was made. */
  void answerAfter(Duration delay) {
    answerDelay = delay;
  }

  private CompletableFuture<Long> delayed(CompletableFuture<Long> answer) {
    if (answerDelay.isZero()) {
      return answer;
    }
    CompletableFuture<Long> later = new CompletableFuture<>();
    answer.thenAccept(position -> scheduler.schedule(answerDelay, () -> later.complete(position)));
    return later;
  }

  private void appendAfter(int steps, LogTopic topic, LogRecord record) {
    if (steps == 0) {
      log.append(topic, record);
    } else {
      scheduler.schedule(Duration.ZERO, () -> appendAfter(steps - 1, topic, record));
    }
  }

  private static CompletableFuture<Long> failed(ErrorCode code) {
    return CompletableFuture.failedFuture(new TerraneException(code, "trouble"));
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
    return log.createTopics(topics);
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
  public void close() {
    log.close();
  }
}
