package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.time.Scheduler;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.wal.WalPoint;
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
  private static final Scheduler.Cancellable NOT_SLOWED = () -> {};
  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  private final RegionEnvironment environment;
  private final RegionId region;
  private final WriteAheadLog wal;
  private final RegionData data;
  private final Mailbox mailbox;
  private final List<Waiter> waiters = new ArrayList<>();
  private final Runnable shorten;
  private LogReader reader;
  private WalReplay replay;
  private boolean polling;
  private Scheduler.Cancellable slowed = NOT_SLOWED;
  private long paid;
  private TerraneException failure;

  /** Waits for the leader's flush, as the memtable is large. */
  private boolean paused;

  /** Waits for the manifest, as the log does not reach back far enough. */
  private boolean truncated;

  private record Waiter(long position, CompletableFuture<Void> reached) {}

  /**
   * @param shorten reads the manifest again, whose files may hold what is to be read, then calls
   *     {@link #shortened}
   */
  WalFollower(
      RegionEnvironment environment,
      RegionId region,
      WriteAheadLog wal,
      RegionData data,
      Mailbox mailbox,
      Runnable shorten) {
    this.environment = environment;
    this.region = region;
    this.wal = wal;
    this.data = data;
    this.mailbox = mailbox;
    this.shorten = shorten;
  }

  /** Begins at the region's point; goes on where it is if it reads already. */
  void start() {
    if ((reader != null || paused) && failure == null) {
      return;
    }
    stop();
    failure = null;
    truncated = false;
    resume();
  }

  private void resume() {
    paused = false;
    replay = new WalReplay(region, data.point());
    reader = wal.read(data.point().position());
    poll();
  }

  void stop() {
    paused = false;
    slowed.cancel();
    slowed = NOT_SLOWED;
    if (reader != null) {
      reader.close();
      reader = null;
      data.moveTo(replay.resumePoint());
    }
  }

  /** Completes when everything before {@code position} is replayed, or fails with the reader. */
  CompletableFuture<Void> awaitPosition(long position) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    waiters.add(new Waiter(position, reached));
    wake();
    if (paused) {
      resume();
    } else {
      readOn();
    }
    return reached;
  }

  /**
   * Completes when everything up to {@code own} is replayed, which this region has appended, or
   * fails with the reader. If nothing is missing before it, it need not be read back.
   */
  CompletableFuture<Void> awaitOwn(LogEntry own) {
    if (reader != null && failure == null && data.point().position() == own.position()) {
      replay(own);
    }
    return awaitPosition(own.position() + 1);
  }

  private void replay(LogEntry entry) {
    replay.accept(entry).ifPresent(data::replay);
    data.moveTo(replay.point());
  }

  /** Fails whoever waits. */
  void abandon(TerraneException reason) {
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    all.forEach(waiter -> waiter.reached().completeExceptionally(reason));
  }

  private void poll() {
    if (reader == null || polling || truncated || failure != null) {
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
        if (entry.position() >= replay.point().position()) {
          replay(entry);
        }
      }
      if (reader.position() > data.point().position()) {
        data.moveTo(replay.skipTo(reader.position()));
      }
    } catch (RuntimeException e) {
      fail(TerraneException.of(e));
      return;
    }
    wake();
    if (waiters.isEmpty() && isFull()) {
      stop(); // others that read with this region go on
      paused = true;
      shorten.run();
    } else if (waiters.isEmpty()) {
      pollAtItsPace();
    } else {
      poll();
    }
  }

  /** Nobody waits for what comes next: a limit to what candidates read holds for it. */
  private void pollAtItsPace() {
    long read = wal.traffic().readBytes();
    Duration pause = wal.pauseAfter(read - paid);
    paid = read;
    if (pause.isZero()) {
      poll();
    } else {
      slowed = environment.scheduler().schedule(pause, () -> mailbox.execute(this::readOn));
    }
  }

  /** Ends a pause that the pace asked for, if there is one. */
  private void readOn() {
    if (slowed != NOT_SLOWED) {
      slowed.cancel();
      slowed = NOT_SLOWED;
      poll();
    }
  }

  private boolean isFull() {
    return data.version().memtableBytes() > environment.config().candidateBytesMax();
  }

  /** The manifest was read again: goes on, if what it says helps. */
  void shortened() {
    if (paused && isFull()) {
      later(shorten);
    } else if (paused) {
      resume();
    } else if (reader != null && truncated) {
      startLater();
    }
  }

  private void startLater() {
    WalPoint next = laterStart(replay.resumePoint().position());
    if (next.position() > replay.resumePoint().position()) {
      truncated = false;
      reader.close();
      reader = null;
      data.moveTo(next);
      start();
    } else {
      fail(
          new TerraneException(
              ErrorCode.LOG_TRUNCATED,
              "the WAL does not reach back to position " + replay.resumePoint().position()));
    }
  }

  /** Behind the flushed rows none is missing, but writes before are no longer remembered. */
  private WalPoint laterStart(long position) {
    WalPoint replayed = data.manifestReplay();
    return replayed.position() > position ? replayed : data.flushed();
  }

  private void later(Runnable action) {
    environment
        .scheduler()
        .schedule(environment.config().retryDelay(), () -> mailbox.execute(action));
  }

  private void readFailed(TerraneException e) {
    if (e.code() == ErrorCode.LOG_TRUNCATED) {
      truncated = true;
      shorten.run();
      return;
    }
    if (e.kind() != ErrorKind.RETRY) {
      fail(e);
      return;
    }
    LOG.warn("region {}: reading the WAL failed, trying again: {}", region, e.getMessage());
    later(this::poll);
  }

  private void fail(TerraneException e) {
    LOG.error("region {}: replay stopped at {}", region, data.point(), e);
    failure =
        new TerraneException(e.code(), "replay of region " + region + ": " + e.getMessage(), e);
    stop(); // what it does not take any more would hold others up
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
