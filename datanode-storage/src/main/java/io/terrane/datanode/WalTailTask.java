package io.terrane.datanode;

import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.datanode.worker.RegionWorker;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets regions know, at an interval, how far their WAL topics have grown, so that those which hold
 * back much of one flush. Never blocks.
 */
public final class WalTailTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalTailTask.class);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Datanode datanode;
  private final SharedLog log;
  private final IntFunction<LogTopic> topics;
  private final Scheduler scheduler;
  private volatile boolean closed;

  public WalTailTask(
      Datanode datanode, SharedLog log, IntFunction<LogTopic> topics, Scheduler scheduler) {
    this.datanode = datanode;
    this.log = log;
    this.topics = topics;
    this.scheduler = scheduler;
  }

  /** Looks after an interval, and goes on until closed. */
  public void start() {
    scheduler.schedule(INTERVAL, this::round);
  }

  private void round() {
    if (closed) {
      return;
    }
    CompletableFuture.allOf(
            datanode.regionsByWalTopic().entrySet().stream()
                .map(entry -> boundTails(topics.apply(entry.getKey()), entry.getValue()))
                .toArray(CompletableFuture<?>[]::new))
        .thenRun(this::start);
  }

  private CompletableFuture<Void> boundTails(LogTopic topic, List<RegionWorker> regions) {
    return log.end(topic)
        .handle(
            (end, problem) -> {
              if (problem == null) {
                regions.forEach(region -> region.boundTail(end));
              } else {
                LOG.warn("end of {}: {}", topic, TerraneException.of(problem).getMessage());
              }
              return null;
            });
  }

  @Override
  public void close() {
    closed = true;
  }
}
