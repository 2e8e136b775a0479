package io.terrane.datanode.worker;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.table.TableInfo;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.wal.WriteAheadLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open region and its single writer: whatever changes the region runs in its mailbox. Public
 * methods may be called by any thread and never block; futures complete in the mailbox.
 *
 * <p>Roles: FOLLOWER (reads the log) → LEADER, by {@link #promote}; LEADER → DOWNGRADING, by {@link
 * #downgrade}; DOWNGRADING → LEADER, by {@link #promote} again.
 */
public final class RegionWorker {
  private static final Logger LOG = LoggerFactory.getLogger(RegionWorker.class);

  private final RegionEnvironment environment;
  private final RegionId region;
  private final ManifestLog manifest;
  private final WriteAheadLog wal;
  private final Mailbox mailbox;
  private final Lease lease;
  private final RegionData data;
  private final WalFollower follower;
  private final GroupCommit commits;
  private final Maintenance maintenance;
  private final AtomicInteger waitingWrites = new AtomicInteger();
  private volatile RegionRole role = RegionRole.FOLLOWER;

  /** The epoch this region leads or led under; 0 if it never did. */
  private volatile long epoch;

  /** Another leads, as the log or the manifest says. */
  private volatile boolean deposed;

  private volatile boolean closed;
  private volatile long lastOwnPosition = -1;
  private final Promotion steps;
  private final WalTail tail;
  private final int walTopic;
  private CompletableFuture<InstructionReply> promotion;
  private long promotionEpoch;
  private CompletableFuture<Void> manifestRead = CompletableFuture.completedFuture(null);
  private boolean releasing;

  /** Opens on a manifest that was just loaded; begins as a FOLLOWER that does not read yet. */
  public RegionWorker(RegionEnvironment environment, RegionSpec spec, ManifestLog manifest) {
    this.environment = environment;
    this.region = spec.region();
    this.walTopic = spec.walTopic();
    this.manifest = manifest;
    this.mailbox = new Mailbox(environment.workers());
    this.lease = new Lease(environment.ticker());
    this.wal =
        new WriteAheadLog(
            environment.log(),
            environment.replays(),
            environment.walTopics().apply(spec.walTopic()),
            region,
            this::schema,
            environment.config().walRecordBytesMax());
    this.data =
        new RegionData(
            environment, region, new RegionSchema(spec.table()), wal, manifest.present());
    this.follower = new WalFollower(environment, region, wal, data, mailbox, this::readManifest);
    this.maintenance =
        new Maintenance(environment, region, wal, data, manifest, mailbox, this::deposed);
    this.commits =
        new GroupCommit(
            environment,
            region,
            wal,
            data,
            follower,
            mailbox,
            lease,
            this::afterCommit,
            this::deposed);
    this.tail = new WalTail(environment.config(), environment.ticker());
    this.steps =
        new Promotion(
            environment,
            region,
            wal,
            data,
            follower,
            commits,
            maintenance,
            mailbox,
            this::checkOpen);
  }

  public RegionRole role() {
    return role;
  }

  /** As the region's present rows are laid out. */
  private RegionSchema schema() {
    return data.schema();
  }

  /**
   * What a scan reads; the caller releases it. A region that is on its way to another leader
   * refuses: the other may have taken writes already.
   */
  public RegionVersion pinForRead(RegionEpoch asked) {
    if (role == RegionRole.DOWNGRADING) {
      throw notLeader("is on its way to another leader");
    }
    return pinAsLed(asked);
  }

  /** What the region holds, though it may take no writes any more; the caller releases it. */
  public RegionVersion pinAsLed(RegionEpoch asked) {
    if (closed) {
      throw notOpen();
    }
    if (role == RegionRole.FOLLOWER || deposed || epoch < asked.value()) {
      throw notLeader("is not led here under epoch " + asked);
    }
    RegionVersion version = data.pin();
    if (closed) {
      version.release();
      throw notOpen();
    }
    return version;
  }

  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    if (waitingWrites.incrementAndGet() > environment.config().regionMailboxWritesMax()) {
      waitingWrites.decrementAndGet();
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.REGION_BUSY,
              "region "
                  + region
                  + " has "
                  + environment.config().regionMailboxWritesMax()
                  + " writes waiting"));
    }
    CompletableFuture<AffectedRows> answer = new CompletableFuture<>();
    answer.whenComplete((rows, problem) -> waitingWrites.decrementAndGet());
    mailbox.execute(() -> admit(new PendingWrite(write, answer)));
    return answer;
  }

  private void admit(PendingWrite write) {
    if (closed) {
      write.answer().completeExceptionally(notOpen());
    } else {
      commits.admit(write);
    }
  }

  private void deposed() {
    if (role == RegionRole.LEADER) {
      LOG.warn("region {}: another leads, epoch {} stops", region, epoch);
      role = RegionRole.DOWNGRADING;
    }
    deposed = true;
    commits.abandon(notLeader("is led elsewhere"));
  }

  /** Completes normally in any case. */
  private CompletableFuture<Void> readManifest() {
    manifestRead =
        maintenance
            .refresh()
            .handleAsync(
                (done, problem) -> {
                  if (problem != null) {
                    LOG.warn("region {}: cannot read the manifest again", region, problem);
                  }
                  follower.shortened();
                  return null;
                },
                mailbox);
    return manifestRead;
  }

  private void afterCommit() {
    lastOwnPosition = data.point().position() - 1;
    maintenance.afterCommit(new RegionEpoch(epoch));
  }

  /** Leads from now until the lease's end, counted from {@code sentNanos}. */
  public void grant(RegionLease granted, long sentNanos) {
    mailbox.execute(
        () -> {
          lease.grant(granted, sentNanos);
          commits.pump();
        });
  }

  /** Nothing once the region is closed. */
  public Optional<RegionStat> stat() {
    return data.tryPin().map(this::stat);
  }

  private RegionStat stat(RegionVersion version) {
    try {
      long fileRows = version.files().stream().mapToLong(f -> f.rows() - 2 * f.tombstones()).sum();
      long memoryRows = version.mutable().rows() + version.frozen().rows();
      return new RegionStat(
          region,
          new RegionEpoch(Math.max(1, epoch)),
          role,
          Math.max(0, fileRows) + memoryRows,
          data.writtenBytes(),
          version.memtableBytes(),
          manifest.bytes(),
          version.files().stream().mapToLong(f -> f.size()).sum(),
          version.files().size(),
          manifest.present().version(),
          version.committedSequence(),
          data.flushed().sequence(),
          data.point().position(),
          Math.min(manifest.present().replay().position(), data.point().position()),
          version.schema().version(),
          version.files().stream().mapToLong(f -> f.rows()).sum() + memoryRows,
          maintenance.counters().flushedBytes(),
          maintenance.counters().writtenBytes());
    } finally {
      version.release();
    }
  }

  /** Begins to follow the log as a candidate, and says how far it is. */
  public CompletableFuture<InstructionReply> follow() {
    return inMailbox(
        () -> {
          if (role == RegionRole.FOLLOWER) {
            follower.start();
          }
          return progress();
        });
  }

  /**
   * How far a candidate is, once it has looked for what the leader flushed: what is read now need
   * not be read while writes are on hold.
   */
  public CompletableFuture<InstructionReply> progress() {
    return CompletableFuture.supplyAsync(this::readManifestAsFollower, mailbox)
        .thenCompose(read -> read)
        .thenCompose(read -> wal.end())
        .thenApply(
            end -> new InstructionReply.Replay(data.point().position(), end, wal.traffic().work()));
  }

  private CompletableFuture<Void> readManifestAsFollower() {
    return role == RegionRole.FOLLOWER && !closed && manifestRead.isDone()
        ? readManifest()
        : manifestRead;
  }

  /** The first thing of a promotion under {@code newEpoch}, ahead of the others. */
  public CompletableFuture<InstructionReply> claimManifest(RegionEpoch newEpoch) {
    return inMailbox(
        () -> {
          if (newEpoch.value() < epoch) {
            throw notLeader("was led under epoch " + epoch + " already");
          }
          return maintenance.lead(newEpoch).thenApply(led -> new InstructionReply.Done());
        });
  }

  /**
   * Becomes leader under {@code newEpoch}: reads the log up to {@code position} (negative: its
   * end), takes the manifest, puts a fence into the log and reads up to it.
   */
  public CompletableFuture<InstructionReply> promote(
      RegionEpoch newEpoch, long position, Duration replayTimeout) {
    return inMailbox(
        () -> {
          if (newEpoch.value() < epoch) {
            throw notLeader("was led under epoch " + epoch + " already");
          }
          if (role == RegionRole.LEADER && epoch == newEpoch.value()) {
            return done();
          }
          if (promotion != null && !promotion.isDone()) {
            if (promotionEpoch == newEpoch.value()) {
              return promotion;
            }
            throw new TerraneException(
                ErrorCode.REGION_BUSY,
                "region " + region + " is being promoted under epoch " + promotionEpoch);
          }
          promotionEpoch = newEpoch.value();
          promotion = startPromotion(newEpoch, position, replayTimeout);
          return promotion;
        });
  }

  private CompletableFuture<InstructionReply> startPromotion(
      RegionEpoch newEpoch, long position, Duration timeout) {
    if (role == RegionRole.LEADER) {
      role = RegionRole.DOWNGRADING;
      commits.close();
    }
    return steps
        .run(newEpoch, position, timeout)
        .thenApplyAsync(fence -> leadNow(newEpoch, fence), mailbox);
  }

  private InstructionReply leadNow(RegionEpoch newEpoch, long fence) {
    checkOpen();
    follower.stop();
    epoch = newEpoch.value();
    lease.reset(epoch);
    lastOwnPosition = fence;
    deposed = false;
    role = RegionRole.LEADER;
    LOG.info("region {}: leads under epoch {} from {}", region, newEpoch, data.point());
    commits.open(newEpoch);
    maintenance.sweepLater(newEpoch);
    environment.events().heartbeatWanted();
    return new InstructionReply.Done();
  }

  /** Takes no write from now on; completes when those taken are done. */
  public CompletableFuture<InstructionReply> downgrade(RegionEpoch asked) {
    return inMailbox(
        () -> {
          if (role == RegionRole.FOLLOWER || asked.value() < epoch) {
            throw notLeader("is not led here under epoch " + asked);
          }
          role = RegionRole.DOWNGRADING;
          commits.close();
          return commits
              .whenIdle()
              .thenApply(idle -> new InstructionReply.Downgraded(lastOwnPosition));
        });
  }

  public CompletableFuture<InstructionReply> flush() {
    return inMailbox(() -> maintenance.flush(leadingEpoch()));
  }

  /** Flushes if nobody does so already. */
  public void flushSoon() {
    mailbox.execute(
        () -> {
          if (!closed && role != RegionRole.FOLLOWER) {
            maintenance.flushSoon(new RegionEpoch(epoch));
          }
        });
  }

  public int walTopic() {
    return walTopic;
  }

  /**
   * Makes the region need less of the log if it holds back too much of it.
   *
   * @param logEnd of its topic, as of a moment ago
   */
  public void boundTail(long logEnd) {
    mailbox.execute(
        () -> {
          if (!closed && role == RegionRole.LEADER && tail.isLong(manifest.present(), logEnd)) {
            releaseLog();
          }
        });
  }

  private void releaseLog() {
    if (releasing) {
      return;
    }
    releasing = true;
    maintenance
        .releaseLog(new RegionEpoch(epoch), commits::isQuiet)
        .whenCompleteAsync(
            (done, problem) -> {
              releasing = false;
              if (problem != null) {
                LOG.warn(
                    "region {}: still needs the log from {} on: {}",
                    region,
                    manifest.present().replay(),
                    TerraneException.of(problem).getMessage());
              }
            },
            mailbox);
  }

  public CompletableFuture<InstructionReply> compact() {
    return inMailbox(() -> maintenance.compactions().run(leadingEpoch()));
  }

  /** Compacts if there is something worth it and the region leads. */
  public void compactSoon() {
    mailbox.execute(
        () -> {
          if (!closed && role == RegionRole.LEADER) {
            maintenance.compactions().runSoon(new RegionEpoch(epoch));
          }
        });
  }

  /**
   * @param dryRun only says what there is to delete
   */
  public CompletableFuture<InstructionReply> collectGarbage(boolean dryRun) {
    return inMailbox(() -> maintenance.collectGarbage(leadingEpoch(), dryRun));
  }

  private RegionEpoch leadingEpoch() {
    if (role == RegionRole.FOLLOWER) {
      throw notLeader("is not led here");
    }
    return new RegionEpoch(epoch);
  }

  public CompletableFuture<InstructionReply> truncate(RegionEpoch asked) {
    return inMailbox(
        () -> {
          if (role != RegionRole.LEADER || asked.value() < epoch) {
            throw notLeader("is not led here under epoch " + asked);
          }
          return commits
              .pause()
              .thenComposeAsync(idle -> maintenance.truncate(new RegionEpoch(epoch)), mailbox)
              .whenCompleteAsync((done, problem) -> commits.resume(), mailbox)
              .thenApply(truncated -> new InstructionReply.Done());
        });
  }

  /** Goes on under the table as it is now, unless it is known already. Writes wait meanwhile. */
  public CompletableFuture<InstructionReply> alter(TableInfo table) {
    return inMailbox(
        () -> {
          if (table.schema().version() <= schema().version()) {
            return done();
          }
          RegionSchema later = new RegionSchema(table);
          return commits
              .pause()
              .thenComposeAsync(idle -> settledFor(later), mailbox)
              .thenComposeAsync(settled -> maintenance.alter(() -> goOnUnder(later)), mailbox)
              .whenCompleteAsync(
                  (done, problem) -> {
                    commits.schemaChanged();
                    commits.resume();
                  },
                  mailbox)
              .thenApply(
                  altered -> {
                    LOG.info("region {}: under schema version {}", region, schema().version());
                    return new InstructionReply.Done();
                  });
        });
  }

  /** Before versions of rows become rows of their own, those in memory are settled in a file. */
  private CompletableFuture<?> settledFor(RegionSchema later) {
    boolean keepsMore = later.isAppendOnly() && !schema().isAppendOnly();
    return keepsMore && role == RegionRole.LEADER
        ? maintenance.flush(new RegionEpoch(epoch))
        : CompletableFuture.completedFuture(null);
  }

  private void goOnUnder(RegionSchema later) {
    checkOpen();
    if (commits.isBusy()) { // a truncation or promotion that ended meanwhile let writes go on
      throw new TerraneException(
          ErrorCode.REGION_BUSY, "region " + region + " took writes while it was to be altered");
    }
    data.alter(later);
  }

  /** Forgets the region and frees its memory; nothing in the log or the bucket changes. */
  public CompletableFuture<InstructionReply> close() {
    CompletableFuture<InstructionReply> result = new CompletableFuture<>();
    mailbox.execute(
        () -> {
          if (closed) {
            result.complete(new InstructionReply.Done());
            return;
          }
          closed = true;
          wal.readsNoMore();
          follower.close(notOpen());
          commits.abandon(notOpen());
          commits
              .whenIdle()
              .thenCombine(maintenance.close(), (idle, last) -> idle)
              .whenCompleteAsync(
                  (idle, problem) -> {
                    data.close();
                    LOG.info("region {}: closed", region);
                    result.complete(new InstructionReply.Done());
                  },
                  mailbox);
        });
    return result;
  }

  private CompletableFuture<InstructionReply> inMailbox(
      Supplier<CompletableFuture<InstructionReply>> action) {
    return CompletableFuture.supplyAsync(
            () -> {
              checkOpen();
              return action.get();
            },
            mailbox)
        .thenCompose(reply -> reply);
  }

  private static CompletableFuture<InstructionReply> done() {
    return CompletableFuture.completedFuture(new InstructionReply.Done());
  }

  private void checkOpen() {
    if (closed) {
      throw notOpen();
    }
  }

  private TerraneException notOpen() {
    return new TerraneException(
        ErrorCode.REGION_NOT_OPEN,
        "region " + region + " is not open on datanode " + environment.config().nodeId());
  }

  private TerraneException notLeader(String why) {
    return new TerraneException(ErrorCode.REGION_NOT_LEADER, "region " + region + " " + why);
  }
}
