package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.compaction.CompactionCounters;
import io.terrane.datanode.flush.FlushTask;
import io.terrane.datanode.gc.OrphanSweeper;
import io.terrane.datanode.gc.Swept;
import io.terrane.datanode.manifest.ManifestEdit;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.memtable.MemTable;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.sst.SstFiles;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.wal.WalPoint;
import io.terrane.datanode.wal.WriteAheadLog;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that edits the manifest: flush, truncation, a new leader, the end of a compaction. One at a
 * time; each does its blocking part in the background and comes back to the region worker with the
 * manifest. Region worker only.
 */
final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private final RegionEnvironment environment;
  private final RegionId region;
  private final WriteAheadLog wal;
  private final RegionData data;
  private final ManifestLog manifest;
  private final Mailbox mailbox;
  private final Runnable deposed;
  private final FlushTask flushTask;
  private final CompactionCounters counters;
  private final Compactions compactions;
  private final OrphanSweeper sweeper;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private boolean flushAsked;
  private boolean sweepPlanned;
  private boolean closed;

  /**
   * @param deposed called when the manifest says that another leads
   */
  Maintenance(
      RegionEnvironment environment,
      RegionId region,
      WriteAheadLog wal,
      RegionData data,
      ManifestLog manifest,
      Mailbox mailbox,
      Runnable deposed) {
    this.deposed = deposed;
    this.environment = environment;
    this.region = region;
    this.wal = wal;
    this.data = data;
    this.manifest = manifest;
    this.mailbox = mailbox;
    RegionPaths paths = new RegionPaths(region);
    SstFiles files = new SstFiles(environment.store(), environment.reader(), paths::file);
    this.counters = environment.counters().part();
    this.flushTask = new FlushTask(environment, files, manifest, counters);
    this.compactions = new Compactions(environment, region, data, manifest, files, this, mailbox);
    this.sweeper =
        new OrphanSweeper(
            environment.store(),
            paths,
            environment.ticker(),
            environment.config().obsoleteFileGrace());
  }

  /** Runs {@code step} in the mailbox when all before it is done. */
  private <T> CompletableFuture<T> enqueue(Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> result =
        last.handle((done, problem) -> null).thenComposeAsync(ignored -> step.get(), mailbox);
    last = result;
    return result;
  }

  /**
   * Runs {@code task} in the background, then installs the manifest it gives, or the present one.
   */
  private CompletableFuture<RegionManifest> inBackground(Supplier<RegionManifest> task) {
    return CompletableFuture.supplyAsync(task, environment.background())
        .whenCompleteAsync(
            (done, problem) -> {
              install();
              if (problem != null
                  && TerraneException.of(problem).code() == ErrorCode.REGION_NOT_LEADER) {
                deposed.run();
              }
            },
            mailbox);
  }

  private void install() {
    if (!closed) {
      data.install(manifest.present());
    }
  }

  /** Takes the region's memory away from under coming tasks' results. */
  CompletableFuture<Void> close() {
    closed = true;
    return compactions.close().thenCombine(last.handle((done, problem) -> null), (c, l) -> null);
  }

  CompletableFuture<RegionManifest> refresh() {
    return enqueue(() -> inBackground(manifest::refresh));
  }

  /** The leader of {@code epoch} begins; at once if the manifest says so already. */
  CompletableFuture<RegionManifest> lead(RegionEpoch epoch) {
    if (last.isDone() && manifest.present().epoch() == epoch.value()) {
      return CompletableFuture.completedFuture(manifest.present());
    }
    return enqueue(
        () ->
            inBackground(
                () ->
                    manifest.present().epoch() == epoch.value()
                        ? manifest.present()
                        : manifest.commit(epoch, new ManifestEdit.Led())));
  }

  CompletableFuture<InstructionReply> flush(RegionEpoch epoch) {
    return enqueue(() -> flushNow(epoch));
  }

  private CompletableFuture<InstructionReply> flushNow(RegionEpoch epoch) {
    data.freeze();
    RegionVersion version = data.pin();
    MemTable frozen = version.frozen();
    if (frozen.isEmpty() || closed) {
      version.release();
      return CompletableFuture.completedFuture(
          new InstructionReply.Flushed(data.flushed().sequence(), 0));
    }
    WalPoint flushed = data.frozenAt();
    WalPoint replay = data.frozenReplay();
    long rows = frozen.rows();
    return inBackground(
            () -> {
              try {
                return flushTask.run(epoch, frozen, flushed, replay);
              } finally {
                version.release();
              }
            })
        .thenApplyAsync(
            done -> new InstructionReply.Flushed(data.flushed().sequence(), rows), mailbox);
  }

  /** Makes an edit when all before it are made. */
  CompletableFuture<RegionManifest> commit(RegionEpoch epoch, ManifestEdit edit) {
    return enqueue(() -> inBackground(() -> manifest.commit(epoch, edit)));
  }

  /** What this region has written to files; may be asked by any thread. */
  CompactionCounters counters() {
    return counters;
  }

  Compactions compactions() {
    return compactions;
  }

  /** Drops everything up to the region's present point; writes must be held back. */
  CompletableFuture<RegionManifest> truncate(RegionEpoch epoch) {
    return enqueue(
        () -> {
          WalPoint point = data.point();
          WalPoint replay = data.replayFor(point);
          return inBackground(
                  () -> manifest.commit(epoch, new ManifestEdit.Truncated(point, replay)))
              .whenCompleteAsync((done, problem) -> sweepLater(epoch), mailbox);
        });
  }

  /** Runs {@code change} in the mailbox once no task works with the present schema. */
  CompletableFuture<Void> alter(Runnable change) {
    return enqueue(
        () -> {
          change.run();
          return CompletableFuture.completedFuture(null);
        });
  }

  /**
   * Flushes what there is, then says in the manifest that the region needs nothing of the log that
   * lies behind; nothing happens if it is written meanwhile.
   */
  CompletableFuture<Void> releaseLog(RegionEpoch epoch, BooleanSupplier quiet) {
    return flush(epoch).thenCompose(flushed -> enqueue(() -> advance(epoch, quiet)));
  }

  private CompletableFuture<Void> advance(RegionEpoch epoch, BooleanSupplier quiet) {
    WalPoint before = data.point();
    return wal.end()
        .thenComposeAsync(
            end -> {
              boolean written =
                  closed
                      || !quiet.getAsBoolean()
                      || !data.point().equals(before)
                      || data.version().memtableBytes() > 0;
              return written
                  ? CompletableFuture.completedFuture(null)
                  : advance(epoch, new WalPoint(end, before.epoch(), before.sequence()));
            },
            mailbox);
  }

  /** No record of the region that takes effect lies between its point and {@code at}. */
  private CompletableFuture<Void> advance(RegionEpoch epoch, WalPoint at) {
    WalPoint replay = data.replayFor(at);
    return inBackground(() -> manifest.commit(epoch, new ManifestEdit.Advanced(at, replay)))
        .thenAcceptAsync(
            done -> {
              if (data.point().position() < at.position()) {
                data.moveTo(at);
              }
            },
            mailbox);
  }

  /** Looks for files that nobody needs after a while, and again until there are none. */
  void sweepLater(RegionEpoch epoch) {
    if (sweepPlanned || closed) {
      return;
    }
    sweepPlanned = true;
    environment
        .scheduler()
        .schedule(
            environment.config().obsoleteFileGrace(), () -> mailbox.execute(() -> sweep(epoch)));
  }

  private void sweep(RegionEpoch epoch) {
    sweepPlanned = false;
    if (closed) {
      return;
    }
    enqueue(() -> sweepNow(epoch, false))
        .whenCompleteAsync(
            (swept, problem) -> {
              if (problem != null) {
                LOG.warn(
                    "region {}: looking for unused files failed: {}",
                    region,
                    TerraneException.of(problem).getMessage());
              }
              if (problem != null || swept.waiting() > 0) {
                sweepLater(epoch);
              }
            },
            mailbox);
  }

  /** Deletes what has been superfluous for long enough; the rest is looked at again later. */
  CompletableFuture<InstructionReply> collectGarbage(RegionEpoch epoch, boolean dryRun) {
    return enqueue(() -> sweepNow(epoch, dryRun))
        .thenApplyAsync(
            swept -> {
              if (swept.waiting() > 0) {
                sweepLater(epoch);
              }
              return new InstructionReply.Swept(swept.files(), swept.bytes(), swept.waiting());
            },
            mailbox);
  }

  private CompletableFuture<Swept> sweepNow(RegionEpoch epoch, boolean dryRun) {
    Set<SstMeta> inUse = data.filesInUse();
    return CompletableFuture.supplyAsync(
        () -> {
          RegionManifest newest = manifest.refresh();
          if (newest.epoch() != epoch.value()) {
            return Swept.NOTHING;
          }
          return dryRun
              ? sweeper.look(newest, inUse, compactions.created())
              : sweeper.sweep(newest, inUse, compactions.created());
        },
        environment.background());
  }

  /** Flushes if the region, or the datanode, holds much; compacts if files are many. */
  void afterCommit(RegionEpoch epoch) {
    boolean large = data.version().memtableBytes() >= environment.config().regionFlushBytes();
    Optional<RegionId> chosen = environment.writeBuffer().regionToFlush();
    chosen.filter(other -> !other.equals(region)).ifPresent(environment.events()::flushWanted);
    if (large || chosen.filter(region::equals).isPresent()) {
      flushSoon(epoch);
    }
  }

  /** Flushes unless a flush of this kind is under way. */
  void flushSoon(RegionEpoch epoch) {
    if (flushAsked || closed) {
      return;
    }
    flushAsked = true;
    flush(epoch)
        .whenCompleteAsync(
            (done, problem) -> {
              flushAsked = false;
              if (problem != null) {
                LOG.warn("region {}: flush failed, trying again after a write", region, problem);
              } else {
                compactions.runSoon(epoch);
              }
            },
            mailbox);
  }
}
