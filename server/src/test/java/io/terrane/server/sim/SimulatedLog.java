package io.terrane.server.sim;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A process' connection to the log. An append reaches the log after a while, in the order of the
 * calls, also if the process dies meanwhile. In times of trouble an append is refused, or lost, or
 * its answer is, or it is written long after the writer was told that nobody knows.
 */
final class SimulatedLog implements SharedLog {
  private static final int LATE_MILLIS = 5_000;

  private final SharedLog log;
  private final SimulatedProcess process;
  private final SimulatedScheduler world;
  private final Random random;
  private final Trouble trouble;
  private final Map<LogTopic, Long> lastArrival = new HashMap<>();

  SimulatedLog(
      SharedLog log,
      SimulatedProcess process,
      SimulatedScheduler world,
      Random random,
      Trouble trouble) {
    this.log = log;
    this.process = process;
    this.world = world;
    this.random = random;
    this.trouble = trouble;
  }

  @Override
  public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
    if (!process.isAlive()) {
      return failed(ErrorCode.LOG_UNAVAILABLE);
    }
    if (!trouble.strikes()) {
      SimulatedFuture<Long> answer = new SimulatedFuture<>();
      world.schedule(arrival(topic), () -> pass(log.append(topic, record), answer));
      return answer;
    }
    switch (random.nextInt(4)) {
      case 0:
        return failed(ErrorCode.LOG_UNAVAILABLE);
      case 1:
        world.schedule(arrival(topic), () -> log.append(topic, record));
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
      case 2:
        Duration late = Duration.ofMillis(random.nextInt(LATE_MILLIS));
        world.schedule(late, () -> log.append(topic, record));
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
      default:
        return failed(ErrorCode.WRITE_OUTCOME_UNKNOWN);
    }
  }

  /** Not before what was appended earlier. */
  private Duration arrival(LogTopic topic) {
    long at = world.nanos() + trouble.latency().toNanos();
    at = Math.max(at, lastArrival.getOrDefault(topic, 0L));
    lastArrival.put(topic, at);
    return Duration.ofNanos(at - world.nanos());
  }

  private <T> CompletableFuture<T> failed(ErrorCode code) {
    SimulatedFuture<T> answer = new SimulatedFuture<>();
    world.schedule(
        trouble.latency(),
        () ->
            process.execute(
                () -> answer.completeExceptionally(new TerraneException(code, "log trouble"))));
    return answer;
  }

  private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
    if (!process.isAlive() || trouble.strikes()) {
      return failed(ErrorCode.LOG_UNAVAILABLE);
    }
    SimulatedFuture<T> answer = new SimulatedFuture<>();
    world.schedule(trouble.latency(), () -> pass(question.get(), answer));
    return answer;
  }

  private <T> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
    from.whenComplete(
        (value, problem) ->
            world.schedule(
                trouble.latency(),
                () ->
                    process.execute(
                        () -> {
                          if (problem == null) {
                            to.complete(value);
                          } else {
                            to.completeExceptionally(TerraneException.of(problem));
                          }
                        })));
  }

  @Override
  public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
    return ask(() -> log.createTopics(topics));
  }

  @Override
  public CompletableFuture<Long> end(LogTopic topic) {
    return ask(() -> log.end(topic));
  }

  @Override
  public CompletableFuture<Long> start(LogTopic topic) {
    return ask(() -> log.start(topic));
  }

  @Override
  public CompletableFuture<Void> trim(LogTopic topic, long before) {
    return ask(() -> log.trim(topic, before));
  }

  @Override
  public LogReader read(LogTopic topic, long from) {
    LogReader reader = log.read(topic, from);
    return new LogReader() {
      @Override
      public CompletableFuture<List<LogEntry>> poll(Duration wait) {
        return ask(() -> reader.poll(wait));
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

  @Override
  public void close() {}
}
