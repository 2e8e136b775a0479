package io.terrane.datanode;

import io.terrane.api.time.Scheduler;
import java.time.Duration;

/**
 * Lets regions look, at an interval, whether there is something to compact: those that are not
 * written flush nothing, but their rows grow old. Never blocks.
 */
public final class CompactionSchedule implements AutoCloseable {
  private final Datanode datanode;
  private final Duration interval;
  private final Scheduler scheduler;
  private volatile boolean closed;

  public CompactionSchedule(Datanode datanode, DatanodeConfig config, Scheduler scheduler) {
    this.datanode = datanode;
    this.interval = config.compaction().interval();
    this.scheduler = scheduler;
  }

  /** Looks after an interval, and goes on until closed. */
  public void start() {
    scheduler.schedule(interval, this::round);
  }

  private void round() {
    if (!closed) {
      datanode.compactSoon();
      start();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
