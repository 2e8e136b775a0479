package io.terrane.datanode.wal;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One region's share in a pass. The fields of the pass are guarded by its topic's lock. */
final class PassMember implements LogReader {
  private final TopicPasses lock;
  private final RegionId region;
  private final ReplayTraffic traffic;
  private Optional<ReplayPass> pass = Optional.empty();
  private Optional<TerraneException> failure = Optional.empty();
  private Optional<CompletableFuture<List<LogEntry>>> pending = Optional.empty();
  private List<LogEntry> queue = new ArrayList<>();
  private long queuedBytes;

  /** What lies before is known already. */
  private long from;

  private volatile long position;

  PassMember(TopicPasses lock, RegionId region, long from, ReplayTraffic traffic) {
    this.traffic = traffic;
    this.lock = lock;
    this.region = region;
    this.from = from;
    this.position = from;
  }

  RegionId region() {
    return region;
  }

  /** The first position it has not had, in a pass that stands at {@code passPosition}. */
  long next(long passPosition) {
    return Math.max(from, passPosition);
  }

  void enter(ReplayPass next) {
    pass = Optional.of(next);
  }

  /** Enters another pass, having had everything up to {@code passed}. */
  void move(ReplayPass next, long passed) {
    from = next(passed);
    pass = Optional.of(next);
  }

  /** What is read for this region alone. */
  ReplayTraffic traffic() {
    return traffic;
  }

  boolean isHungry() {
    return pending.isPresent();
  }

  long queuedBytes() {
    return queuedBytes;
  }

  /** Whether it has not had the entry. */
  boolean offer(LogEntry entry) {
    if (entry.position() < from) {
      return false;
    }
    queue.add(entry);
    queuedBytes += entry.record().size();
    return true;
  }

  /** What was queued, for whoever polls; the pass stands at {@code passPosition}. */
  List<LogEntry> take(long passPosition) {
    List<LogEntry> taken = queue;
    queue = new ArrayList<>();
    queuedBytes = 0;
    position = next(passPosition);
    return taken;
  }

  /** The poll that waits, which the caller answers. */
  Optional<CompletableFuture<List<LogEntry>>> takePending() {
    Optional<CompletableFuture<List<LogEntry>>> waiting = pending;
    pending = Optional.empty();
    return waiting;
  }

  /** Leaves its pass for good; polls fail when all that is queued was given. */
  void fail(TerraneException reason) {
    failure = Optional.of(reason);
    pass = Optional.empty();
  }

  @Override
  public CompletableFuture<List<LogEntry>> poll(Duration wait) {
    synchronized (lock) {
      if (!queue.isEmpty()) {
        long end = pass.map(ReplayPass::position).orElse(position);
        List<LogEntry> entries = take(end);
        pass.ifPresent(ReplayPass::pump);
        return CompletableFuture.completedFuture(entries);
      }
      if (failure.isPresent()) {
        return CompletableFuture.failedFuture(failure.get());
      }
      CompletableFuture<List<LogEntry>> poll = new CompletableFuture<>();
      if (pass.isEmpty()) { // closed
        return CompletableFuture.completedFuture(List.of());
      }
      pending = Optional.of(poll);
      pass.get().pump();
      return poll;
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void close() {
    synchronized (lock) {
      queue = new ArrayList<>();
      queuedBytes = 0;
      pass.ifPresent(left -> left.remove(this));
      pass = Optional.empty();
    }
  }
}
