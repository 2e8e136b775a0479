package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.time.Scheduler;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.wal.RecordedWrite;
import io.terrane.datanode.wal.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write path of a region's leader. Writes wait in a queue; while one group is on its way to the
 * log the next gathers. One group is under way at a time: idle → checking keys → appending → idle,
 * or, when the log's answer was lost or came after the lease's end, → in doubt → fencing → idle.
 * Region worker only.
 */
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final RegionEnvironment environment;
  private final RegionId region;
  private final WriteAheadLog wal;
  private final RegionData data;
  private final WalFollower follower;
  private final Mailbox mailbox;
  private final Lease lease;
  private final GroupBuilder builder;
  private final Runnable committed;
  private final Runnable deposed;
  private final WriteQueue queue;
  private final List<CompletableFuture<Void>> idleWaiters = new ArrayList<>();
  private RegionEpoch epoch;
  private boolean open;
  private boolean paused;
  private boolean busy;
  private boolean waitingForLease;
  private boolean waitingForRoom;

  /** Last sequence that may be in the log without our knowing; 0 when nothing is in doubt. */
  private long doubtfulSequence;

  /**
   * @param committed called after each group that became visible
   * @param deposed called when the log says that another leads
   */
  GroupCommit(
      RegionEnvironment environment,
      RegionId region,
      WriteAheadLog wal,
      RegionData data,
      WalFollower follower,
      Mailbox mailbox,
      Lease lease,
      Runnable committed,
      Runnable deposed) {
    this.deposed = deposed;
    this.environment = environment;
    this.region = region;
    this.wal = wal;
    this.data = data;
    this.follower = follower;
    this.mailbox = mailbox;
    this.lease = lease;
    this.builder = new GroupBuilder(data::schema, environment.allocator());
    this.queue = new WriteQueue(environment.config(), data.index());
    this.committed = committed;
  }

  /** Takes writes from now on under {@code newEpoch}. */
  void open(RegionEpoch newEpoch) {
    epoch = newEpoch;
    open = true;
    paused = false;
    doubtfulSequence = 0; // the new epoch's fence has settled it
    pump();
  }

  /** Takes no write any more; those that wait are still committed. */
  void close() {
    open = false;
    pump();
  }

  /** Fails everything that waits; what is on its way to the log is answered when that answers. */
  void abandon(TerraneException reason) {
    open = false;
    queue.failWaiting(reason);
  }

  /** Holds writes back, and completes when none is under way. */
  CompletableFuture<Void> pause() {
    paused = true;
    return whenIdle();
  }

  void resume() {
    paused = false;
    pump();
  }

  /** Whether rows laid out by the present schema are on their way to the log. */
  boolean isBusy() {
    return busy;
  }

  /** Refuses what waits and follows another schema than the region's new one; nothing is lost. */
  void schemaChanged() {
    queue.failRefused(write -> builder.check(write.write()));
  }

  /**
   * Completes when every write taken so far is answered; at once if paused and none is under way.
   */
  CompletableFuture<Void> whenIdle() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    idleWaiters.add(idle);
    pump();
    return idle;
  }

  /** Nothing is under way, waits, or is in doubt. */
  boolean isQuiet() {
    return !busy && queue.isEmpty() && doubtfulSequence == 0;
  }

  void admit(PendingWrite write) {
    try {
      if (!open) {
        throw notLeader("takes no writes");
      }
      if (epoch.isBefore(write.write().epoch())) {
        throw notLeader("is led here under epoch " + epoch + " only");
      }
      builder.check(write.write());
      if (lease.isExpired() && !busy) {
        throw notLeader("has no valid lease");
      }
    } catch (TerraneException e) {
      write.answer().completeExceptionally(e);
      return;
    }
    queue.add(write);
    pump();
  }

  /** Goes on if it can: called whenever anything changed that it may wait for. */
  void pump() {
    while (!busy && !paused && !queue.isEmpty() && mayCommit()) {
      commitGroup();
    }
    if (!busy && (queue.isEmpty() || paused)) {
      List<CompletableFuture<Void>> idle = List.copyOf(idleWaiters);
      idleWaiters.clear();
      idle.forEach(waiter -> waiter.complete(null));
    }
  }

  private boolean mayCommit() {
    if (lease.isExpired()) {
      queue.failWaiting(notLeader("has no valid lease"));
      return false;
    }
    if (!lease.isValid()) {
      if (open) {
        waitForLease();
      } else {
        queue.failWaiting(notLeader("never had a lease"));
      }
      return false;
    }
    if (doubtfulSequence > 0) {
      fence();
      return false;
    }
    if (!environment.writeBuffer().hasRoom(region)) {
      waitForRoom();
      return false;
    }
    return true;
  }

  private void waitForLease() {
    if (waitingForLease) {
      return;
    }
    waitingForLease = true;
    environment.events().heartbeatWanted();
    environment
        .scheduler()
        .schedule(environment.config().leaseWait(), () -> mailbox.execute(this::leaseWaitOver));
  }

  private void leaseWaitOver() {
    waitingForLease = false;
    if (!lease.isValid()) {
      queue.failWaiting(notLeader("was given no lease yet"));
    }
    pump();
  }

  private void waitForRoom() {
    if (waitingForRoom) {
      return;
    }
    waitingForRoom = true;
    Scheduler.Cancellable end =
        environment
            .scheduler()
            .schedule(
                environment.config().writeStallMax(), () -> mailbox.execute(this::roomWaitOver));
    environment
        .writeBuffer()
        .whenRoom(
            region,
            () -> {
              end.cancel();
              mailbox.execute(this::roomFound);
            });
    committed.run(); // whose flush is what makes room
  }

  private void roomFound() {
    waitingForRoom = false;
    pump();
  }

  private void roomWaitOver() {
    if (waitingForRoom && !environment.writeBuffer().hasRoom(region)) {
      queue.failWaiting(
          new TerraneException(
              ErrorCode.REGION_BUSY,
              "region "
                  + region
                  + ": the write buffer is full with "
                  + environment.writeBuffer().bytes()
                  + " bytes"));
    }
    roomFound();
  }

  private void commitGroup() {
    List<PendingWrite> group = queue.takeGroup();
    if (group.isEmpty()) {
      return;
    }
    VectorSchemaRoot rows;
    try {
      rows = builder.build(group, data.point().sequence());
      builder.assignRowIds(rows);
    } catch (OutOfMemoryException e) {
      String message = "region " + region + ": no memory for a write: " + e.getMessage();
      queue.fail(group, new TerraneException(ErrorCode.RESOURCE_EXHAUSTED, message, e));
      return;
    } catch (RuntimeException e) {
      queue.fail(group, TerraneException.of(e));
      return;
    }
    busy = true;
    if (group.get(0).write().mode() == WriteMode.INSERT_UNIQUE && !data.schema().hasHiddenRowId()) {
      checkKeys(group, rows);
    } else {
      append(group, rows);
    }
  }

  private void checkKeys(List<PendingWrite> group, VectorSchemaRoot rows) {
    RegionVersion version = data.pin();
    UniqueCheck check = new UniqueCheck(environment, data.schema(), new RegionPaths(region));
    CompletableFuture.runAsync(() -> check.check(rows, version), environment.background())
        .whenCompleteAsync(
            (done, problem) -> {
              version.release();
              if (problem == null) {
                append(group, rows);
                return;
              }
              rows.close();
              queue.fail(group, TerraneException.of(problem));
              idleAgain();
            },
            mailbox);
  }

  private void append(List<PendingWrite> group, VectorSchemaRoot rows) {
    List<RecordedWrite> writes =
        group.stream().map(w -> new RecordedWrite(w.write().id(), w.rows())).toList();
    CompletableFuture<Long> appended;
    try {
      appended = wal.append(epoch, data.point().sequence(), rows, writes);
    } catch (RuntimeException e) {
      appended = CompletableFuture.failedFuture(e);
    }
    appended.whenCompleteAsync(
        (position, problem) -> {
          try (rows) {
            appended(group, rows, writes, position, problem);
          }
          idleAgain();
        },
        mailbox);
  }

  private void appended(
      List<PendingWrite> group,
      VectorSchemaRoot rows,
      List<RecordedWrite> writes,
      Long position,
      Throwable problem) {
    if (problem != null) {
      TerraneException failure = TerraneException.of(problem);
      boolean nothingWritten =
          failure.code() == ErrorCode.LOG_UNAVAILABLE
              || failure.code() == ErrorCode.RESOURCE_EXHAUSTED;
      if (nothingWritten) {
        queue.fail(group, failure);
      } else {
        doubt(group, rows, "the log's answer was lost: " + failure.getMessage(), failure);
      }
    } else if (!lease.isValid()) {
      doubt(group, rows, "the lease ended while the log was written", null);
    } else {
      commit(group, rows, writes, position);
    }
  }

  private void commit(
      List<PendingWrite> group, VectorSchemaRoot rows, List<RecordedWrite> writes, long position) {
    try {
      data.commit(rows, position, writes);
    } catch (RuntimeException e) {
      doubt(group, rows, "it is in the log but there is no memory for it", e);
      return;
    }
    group.forEach(write -> queue.succeed(write, write.rows()));
    committed.run();
  }

  private void doubt(List<PendingWrite> group, VectorSchemaRoot rows, String why, Throwable cause) {
    LOG.warn("region {}: outcome of {} writes is unknown: {}", region, group.size(), why);
    doubtfulSequence = data.point().sequence() + rows.getRowCount();
    queue.fail(
        group,
        new TerraneException(
            ErrorCode.WRITE_OUTCOME_UNKNOWN,
            "region " + region + ": it is not known whether the write took effect, " + why,
            cause));
  }

  private void idleAgain() {
    busy = false;
    pump();
  }

  /**
   * Puts a fence behind what is in doubt and reads up to it: what lies before it took effect, the
   * rest never will.
   */
  private void fence() {
    busy = true;
    wal.appendFence(epoch, doubtfulSequence)
        .thenComposeAsync(
            fence -> {
              follower.start();
              return follower.awaitOwn(fence);
            },
            mailbox)
        .whenCompleteAsync((done, problem) -> fenced(problem), mailbox);
  }

  private void fenced(Throwable problem) {
    follower.stop();
    if (problem != null) {
      LOG.warn(
          "region {}: cannot settle writes in doubt, trying again: {}",
          region,
          TerraneException.of(problem).getMessage());
      environment
          .scheduler()
          .schedule(environment.config().retryDelay(), () -> mailbox.execute(this::idleAgain));
      return;
    }
    doubtfulSequence = 0;
    if (data.point().epoch() > epoch.value()) {
      deposed.run();
    }
    idleAgain();
  }

  private TerraneException notLeader(String why) {
    return new TerraneException(ErrorCode.REGION_NOT_LEADER, "region " + region + " " + why);
  }
}
