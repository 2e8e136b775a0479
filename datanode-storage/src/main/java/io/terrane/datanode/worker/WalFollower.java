package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.wal.WalReplay;
import io.terrane.datanode.wal.WriteAheadLog;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the region's log topic from the region's point on and replays it, one poll at a time, until
 * stopped. Region worker only.
 */
final class WalFollower {
  private static final Logger LOG = LoggerFactory.getLogger(WalFollower.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  private final RegionEnvironment environment;
  private final RegionId region;
  private final WriteAheadLog wal;
  private final RegionData data;
  private final Mailbox mailbox;
  private final List<Waiter> waiters = new ArrayList<>();
  private LogReader reader;
  private WalReplay replay;
  private boolean polling;
  private TerraneException failure;

  private record Waiter(long position, CompletableFuture<Void> reached) {}

  WalFollower(
      RegionEnvironment environment,
      RegionId region,
      WriteAheadLog wal,
      RegionData data,
      Mailbox mailbox) {
    this.environment = environment;
    this.region = region;
    this.wal = wal;
    this.data = data;
    this.mailbox = mailbox;
  }

  /** Begins at the region's point; goes on where it is if it reads already. */
  void start() {
    if (reader != null) {
      return;
    }
    failure = null;
    replay = new WalReplay(region, data.point());
    reader = wal.read(data.point().position());
    poll();
  }

  void stop() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  /** Completes when everything before {@code position} is replayed, or fails with the reader. */
  CompletableFuture<Void> awaitPosition(long position) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    waiters.add(new Waiter(position, reached));
    wake();
    return reached;
  }

  /** Fails whoever waits. */
  void abandon(TerraneException reason) {
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    all.forEach(waiter -> waiter.reached().completeExceptionally(reason));
  }

  private void poll() {
    if (reader == null || polling || failure != null) {
      return;
    }
    polling = true;
    LogReader polled = reader;
    polled
        .poll(POLL_WAIT)
        .whenCompleteAsync(
            (entries, problem) -> {
              polling = false;
              if (polled == reader) {
                take(entries, problem);
              } else {
                poll(); // a new reader was started while the old one's poll was under way
              }
            },
            mailbox);
  }

  private void take(List<LogEntry> entries, Throwable problem) {
    if (problem != null) {
      readFailed(TerraneException.of(problem));
      return;
    }
    try {
      for (LogEntry entry : entries) {
        replay.accept(entry).ifPresent(data::replay);
        data.moveTo(replay.point());
      }
      if (reader.position() > data.point().position()) {
        data.moveTo(replay.skipTo(reader.position()));
      }
    } catch (TerraneException e) {
      fail(e);
      return;
    }
    wake();
    poll();
  }

  private void readFailed(TerraneException e) {
    if (e.kind() != ErrorKind.RETRY) {
      fail(e);
      return;
    }
    LOG.warn("region {}: reading the WAL failed, trying again: {}", region, e.getMessage());
    environment
        .scheduler()
        .schedule(environment.config().retryDelay(), () -> mailbox.execute(this::poll));
  }

  private void fail(TerraneException e) {
    LOG.error("region {}: replay stopped at {}", region, data.point(), e);
    failure =
        new TerraneException(e.code(), "replay of region " + region + ": " + e.getMessage(), e);
    wake();
  }

  private void wake() {
    for (Waiter waiter : List.copyOf(waiters)) {
      if (data.point().position() >= waiter.position()) {
        waiters.remove(waiter);
        waiter.reached().complete(null);
      } else if (failure != null) {
        waiters.remove(waiter);
        waiter.reached().completeExceptionally(failure);
      }
    }
  }
}
