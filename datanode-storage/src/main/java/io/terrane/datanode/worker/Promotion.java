package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.time.Scheduler;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.wal.WriteAheadLog;
import io.terrane.log.LogEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The steps by which a region becomes leader: finish what was taken, read the log as far as asked,
 * make the manifest edit, put the fence, read up to it. Up to the manifest edit nothing has changed
 * for anyone; each step may be repeated. Region worker only.
 */
final class Promotion {
  private final RegionEnvironment environment;
  private final RegionId region;
  private final WriteAheadLog wal;
  private final RegionData data;
  private final WalFollower follower;
  private final GroupCommit commits;
  private final Maintenance maintenance;
  private final Mailbox mailbox;
  private final Runnable checkOpen;

  /**
   * @param checkOpen throws when the region was closed meanwhile
   */
  Promotion(
      RegionEnvironment environment,
      RegionId region,
      WriteAheadLog wal,
      RegionData data,
      WalFollower follower,
      GroupCommit commits,
      Maintenance maintenance,
      Mailbox mailbox,
      Runnable checkOpen) {
    this.environment = environment;
    this.region = region;
    this.wal = wal;
    this.data = data;
    this.follower = follower;
    this.commits = commits;
    this.maintenance = maintenance;
    this.mailbox = mailbox;
    this.checkOpen = checkOpen;
  }

  /** Completes with the fence's position when the region may lead. */
  CompletableFuture<Long> run(RegionEpoch epoch, long position, Duration replayTimeout) {
    return commits
        .whenIdle()
        .thenComposeAsync(idle -> catchUp(position, replayTimeout), mailbox)
        .thenComposeAsync(caughtUp -> maintenance.lead(epoch), mailbox)
        .thenComposeAsync(led -> wal.appendFence(epoch, 0), mailbox)
        .thenComposeAsync(fence -> readFence(epoch, fence), mailbox);
  }

  private CompletableFuture<Void> catchUp(long position, Duration timeout) {
    checkOpen.run();
    follower.start();
    long read = data.point().position();
    CompletableFuture<Long> target =
        position < 0
            ? wal.end().thenApply(end -> checkEnd(end, read))
            : CompletableFuture.completedFuture(position + 1);
    CompletableFuture<Void> reached = target.thenComposeAsync(follower::awaitPosition, mailbox);
    Scheduler.Cancellable deadline =
        environment.scheduler().schedule(timeout, () -> tooLate(reached, position, timeout));
    reached.whenComplete((done, problem) -> deadline.cancel());
    return reached;
  }

  /** Nothing can have been read, or be in the manifest, behind the log's end. */
  private long checkEnd(long end, long read) {
    if (end < read) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "region "
              + region
              + ": the WAL ends at "
              + end
              + ", before position "
              + read
              + " up to which it was read");
    }
    return end;
  }

  private void tooLate(CompletableFuture<Void> reached, long position, Duration timeout) {
    String target = position < 0 ? "its end" : Long.toString(position);
    reached.completeExceptionally(
        new TerraneException(
            ErrorCode.TIMED_OUT,
            "region "
                + region
                + " replayed the WAL up to "
                + data.point().position()
                + ", not to "
                + target
                + ", in "
                + timeout.toMillis()
                + " ms"));
  }

  private CompletableFuture<Long> readFence(RegionEpoch epoch, LogEntry fence) {
    checkOpen.run();
    return follower
        .awaitOwn(fence)
        .thenApplyAsync(
            reached -> {
              if (data.point().epoch() != epoch.value()) {
                throw new TerraneException(
                    ErrorCode.REGION_NOT_LEADER,
                    "region "
                        + region
                        + " is led under epoch "
                        + data.point().epoch()
                        + " already");
              }
              return fence.position();
            },
            mailbox);
  }
}
