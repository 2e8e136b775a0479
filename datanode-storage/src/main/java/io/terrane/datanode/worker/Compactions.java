package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.compaction.CompactionJob;
import io.terrane.datanode.compaction.CompactionPlanner;
import io.terrane.datanode.compaction.CompactionRun;
import io.terrane.datanode.manifest.ManifestEdit;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.sst.SstFiles;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A region's compactions, one job at a time. Merging happens beside flushes; only the manifest edit
 * at its end waits in {@link Maintenance}'s line. Region worker only.
 */
final class Compactions {
  private static final Logger LOG = LoggerFactory.getLogger(Compactions.class);

  /** Of one request; far more than halving the number of runs each time ever takes. */
  private static final int ROUNDS_MAX = 1_000;

  /** Which job comes next. */
  @FunctionalInterface
  private interface Plan {
    Optional<CompactionJob> next(List<SstMeta> files, Instant now);
  }

  private final RegionEnvironment environment;
  private final RegionId region;
  private final RegionData data;
  private final ManifestLog manifest;
  private final SstFiles files;
  private final Maintenance maintenance;
  private final Mailbox mailbox;
  private final CompactionPlanner planner;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> slot = CompletableFuture.completedFuture(null);
  private boolean automaticAsked;
  private volatile Set<SstId> created = Set.of();
  private volatile CompletableFuture<Void> pausing = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  Compactions(
      RegionEnvironment environment,
      RegionId region,
      RegionData data,
      ManifestLog manifest,
      SstFiles files,
      Maintenance maintenance,
      Mailbox mailbox) {
    this.environment = environment;
    this.region = region;
    this.data = data;
    this.manifest = manifest;
    this.files = files;
    this.maintenance = maintenance;
    this.mailbox = mailbox;
    this.planner = new CompactionPlanner(environment.config().compaction());
  }

  /** Merges until there is nothing to gain. */
  CompletableFuture<InstructionReply> run(RegionEpoch epoch) {
    return inTurn(epoch, (files, now) -> planner.planAsked(data.schema(), files, now))
        .thenApply(done -> new InstructionReply.Done());
  }

  /** Does what is worth doing, unless that is under way. */
  void runSoon(RegionEpoch epoch) {
    if (automaticAsked || closed) {
      return;
    }
    automaticAsked = true;
    inTurn(epoch, (files, now) -> planner.planAutomatic(data.schema(), files, now))
        .whenCompleteAsync(
            (done, problem) -> {
              automaticAsked = false;
              if (problem != null && !closed) {
                LOG.warn("region {}: compaction failed, trying again later", region, problem);
              }
            },
            mailbox);
  }

  private CompletableFuture<Void> inTurn(RegionEpoch epoch, Plan plan) {
    CompletableFuture<Void> result =
        last.handle((done, problem) -> null)
            .thenComposeAsync(ignored -> round(epoch, plan, ROUNDS_MAX), mailbox);
    last = result;
    return result;
  }

  private CompletableFuture<Void> round(RegionEpoch epoch, Plan plan, int roundsLeft) {
    Instant now = environment.clock().instant();
    Optional<CompactionJob> job =
        closed || roundsLeft == 0 ? Optional.empty() : plan.next(data.version().files(), now);
    if (job.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    slot = environment.compactions().acquire();
    return slot.thenComposeAsync(
            acquired ->
                work(epoch, job.get(), now)
                    .whenComplete((done, problem) -> environment.compactions().release()),
            mailbox)
        .thenComposeAsync(
            added -> round(epoch, plan, isGain(job.get(), added) ? roundsLeft - 1 : 0), mailbox);
  }

  /** Merged files that became as many again would do so for ever. */
  private static boolean isGain(CompactionJob job, List<SstMeta> added) {
    return added.size() < job.inputs().size()
        || job.inputs().stream().anyMatch(file -> file.level() == 0);
  }

  private CompletableFuture<List<SstMeta>> work(RegionEpoch epoch, CompactionJob job, Instant now) {
    checkOpen();
    RegionVersion version = data.pin();
    CompactionRun run =
        new CompactionRun(
            environment,
            version.schema(),
            new RegionPaths(region),
            files,
            manifest,
            epoch,
            job,
            now);
    created = run.created();
    CompletableFuture<Void> merged = new CompletableFuture<>();
    environment.background().execute(() -> step(run, merged));
    return merged
        .whenComplete(
            (done, problem) -> {
              run.close();
              version.release();
            })
        .thenComposeAsync(
            done -> {
              checkOpen();
              return maintenance.commit(epoch, edit(job, run.added()));
            },
            mailbox)
        .handleAsync(
            (done, problem) -> {
              created = Set.of();
              if (problem != null) {
                throw TerraneException.of(problem);
              }
              report(job, run.added());
              maintenance.sweepLater(epoch);
              return run.added();
            },
            mailbox);
  }

  private static ManifestEdit edit(CompactionJob job, List<SstMeta> added) {
    return new ManifestEdit.Compacted(job.inputs().stream().map(SstMeta::id).toList(), added);
  }

  private void report(CompactionJob job, List<SstMeta> added) {
    long bytes = added.stream().mapToLong(SstMeta::size).sum();
    maintenance.counters().compacted(job, bytes);
    LOG.info(
        "region {}: {} files of {} bytes became {} of {}, {} of them out of their time",
        region,
        job.inputs().size(),
        job.bytes(),
        added.size(),
        bytes,
        job.expired().size());
  }

  /** One step in the background, then the next as soon as the pace allows. */
  private void step(CompactionRun run, CompletableFuture<Void> merged) {
    try {
      Optional<Long> written = run.step(() -> closed);
      if (written.isEmpty()) {
        merged.complete(null);
        return;
      }
      Duration pause = environment.pace().charge(written.get());
      CompletableFuture<Void> over = new CompletableFuture<>();
      pausing = over;
      if (pause.isZero() || closed) {
        over.complete(null);
      } else {
        environment.scheduler().schedule(pause, () -> over.complete(null));
      }
      over.thenRunAsync(() -> step(run, merged), environment.background());
    } catch (RuntimeException e) {
      merged.completeExceptionally(e);
    }
  }

  /** Files of the job under way, which no manifest knows of yet. */
  Set<SstId> created() {
    return created;
  }

  /** Gives up what is under way; completes when its memory is free. */
  CompletableFuture<Void> close() {
    closed = true;
    slot.completeExceptionally(notOpen());
    pausing.complete(null);
    return last.handle((done, problem) -> null);
  }

  private void checkOpen() {
    if (closed) {
      throw notOpen();
    }
  }

  private TerraneException notOpen() {
    return new TerraneException(
        ErrorCode.REGION_NOT_OPEN, "region " + region + " was closed meanwhile");
  }
}
