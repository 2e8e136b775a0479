package io.terrane.datanode;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.datanode.cache.FileCache;
import io.terrane.datanode.cache.RangeReader;
import io.terrane.datanode.cache.ReadCounters;
import io.terrane.datanode.compaction.CompactionCounters;
import io.terrane.datanode.compaction.CompactionSlots;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.memtable.WriteBuffer;
import io.terrane.datanode.region.BytePace;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionEvents;
import io.terrane.datanode.region.RegionFiles;
import io.terrane.datanode.region.RegionOpener;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.scan.RegionScan;
import io.terrane.datanode.sst.ColumnCache;
import io.terrane.datanode.sst.SstReader;
import io.terrane.datanode.wal.ReplayPasses;
import io.terrane.datanode.wal.ReplayTraffic;
import io.terrane.datanode.worker.RegionWorker;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;

/** The door to a datanode's regions: finds the region's worker and hands over the request. */
public final class Datanode implements RegionService, AutoCloseable {
  /** Opening a region waits for its own fence only; the metasrv watches the clock. */
  private static final Duration OPEN_TIMEOUT = Duration.ofHours(1);

  private static final long TO_THE_END = -1;

  /** Checksums are compared: what expires between two of them must not count. */
  private static final Instant NOTHING_EXPIRED = Instant.EPOCH;

  private final RegionEnvironment environment;
  private final FragmentRunner runner;
  private final BufferAllocator allocator;
  private final RegionOpener opener;
  private final Map<RegionId, CompletableFuture<RegionWorker>> regions = new ConcurrentHashMap<>();
  private final Map<Class<?>, Function<RegionInstruction, CompletableFuture<InstructionReply>>>
      handlers;
  private volatile Runnable heartbeat = () -> {};
  private volatile boolean closed;

  /**
   * @param walTopics the log topic of each WAL topic number; the topics exist
   * @param runner runs what is pushed down
   * @param allocator memtables, caches and work in the background live in a child of it
   * @param workers runs region workers; tasks never block
   * @param background runs flushes, compactions and manifest reads; tasks block on the bucket
   * @param clock for rows that are out of their time
   */
  public Datanode(
      DatanodeConfig config,
      NodeInfo node,
      SharedLog log,
      IntFunction<LogTopic> walTopics,
      ObjectStore store,
      FragmentRunner runner,
      BufferAllocator allocator,
      Executor workers,
      Executor background,
      Scheduler scheduler,
      Ticker ticker,
      InstantSource clock) {
    this.runner = runner;
    this.allocator = allocator.newChildAllocator("datanode-" + config.nodeId(), 0, Long.MAX_VALUE);
    this.environment =
        new RegionEnvironment(
            config,
            "datanode-" + config.nodeId() + "@" + node.startedAt().toEpochMilli(),
            log,
            new ReplayPasses(log, workers, scheduler, ticker),
            walTopics,
            store,
            reader(config, store),
            new ColumnCache(
                this.allocator.newChildAllocator("columns", 0, Long.MAX_VALUE),
                config.decodedCacheBytes()),
            new WriteBuffer(config.writeBufferBytes()),
            this.allocator,
            workers,
            background,
            scheduler,
            ticker,
            clock,
            new CompactionSlots(config.compaction().jobsMax()),
            new BytePace(ticker, config.compaction()::bytesPerSecond),
            new CompactionCounters(),
            new Events());
    this.opener = new RegionOpener(environment);
    this.handlers =
        Map.ofEntries(
            handler(RegionInstruction.CreateRegion.class, this::create),
            handler(RegionInstruction.OpenRegion.class, this::open),
            handler(RegionInstruction.OpenCandidate.class, this::openCandidate),
            handler(RegionInstruction.ReplayProgress.class, i -> with(i, RegionWorker::progress)),
            handler(RegionInstruction.FlushRegion.class, i -> with(i, RegionWorker::flush)),
            handler(RegionInstruction.CompactRegion.class, i -> with(i, RegionWorker::compact)),
            handler(
                RegionInstruction.CollectGarbage.class,
                i -> with(i, region -> region.collectGarbage(i.dryRun()))),
            handler(RegionInstruction.ListFiles.class, i -> with(i, region -> files(i, region))),
            handler(
                RegionInstruction.ChecksumRegion.class,
                i -> with(i, region -> checksum(i.region(), region))),
            handler(
                RegionInstruction.DowngradeRegion.class,
                i -> with(i, region -> region.downgrade(i.epoch()))),
            handler(
                RegionInstruction.ClaimManifest.class,
                i -> with(i, region -> region.claimManifest(i.epoch()))),
            handler(
                RegionInstruction.UpgradeRegion.class,
                i -> with(i, region -> region.promote(i.epoch(), i.position(), i.replayTimeout()))),
            handler(RegionInstruction.CloseRegion.class, i -> close(i.region())),
            handler(
                RegionInstruction.AlterRegion.class,
                i -> with(i, region -> region.alter(i.spec().table()))),
            handler(
                RegionInstruction.TruncateRegion.class,
                i -> with(i, region -> region.truncate(i.epoch()))),
            handler(RegionInstruction.DropRegion.class, this::drop));
  }

  private static SstReader reader(DatanodeConfig config, ObjectStore store) {
    Path folder = config.cache().directory().resolve("datanode-" + config.nodeId());
    FileCache disk = FileCache.open(folder, config.cache().diskBytes());
    return new SstReader(
        new RangeReader(store, disk, config.cache(), config.cacheBytes()), config.cachedFooters());
  }

  private static <I extends RegionInstruction>
      Map.Entry<Class<?>, Function<RegionInstruction, CompletableFuture<InstructionReply>>> handler(
          Class<I> type, Function<I, CompletableFuture<InstructionReply>> action) {
    return Map.entry(type, instruction -> action.apply(type.cast(instruction)));
  }

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator queryAllocator) {
    RegionWorker worker = openRegion(region);
    RegionVersion version = worker.pinForRead(epoch);
    ReadCounters counters = environment.reader().counters().part();
    SstReader reader = environment.reader().counted(counters);
    RegionSource source = new PinnedRegion(environment, version, reader, queryAllocator);
    try {
      return new PinnedStream(
          runner.run(fragment, source, queryAllocator), counters, version::release);
    } catch (RuntimeException e) {
      version.release();
      throw e;
    }
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    try {
      return openRegion(write.region()).write(write);
    } catch (TerraneException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.SHUTTING_DOWN,
              "datanode " + environment.config().nodeId() + " is shutting down"));
    }
    return handlers
        .get(instruction.getClass())
        .apply(instruction)
        .handle(
            (reply, problem) -> {
              if (problem != null) {
                throw TerraneException.of(problem);
              }
              return reply;
            });
  }

  private CompletableFuture<InstructionReply> create(RegionInstruction.CreateRegion create) {
    return worker(create.spec(), () -> opener.create(create.spec(), create.epoch()))
        .thenCompose(region -> lead(create.region(), region, create.epoch()));
  }

  private CompletableFuture<InstructionReply> open(RegionInstruction.OpenRegion open) {
    return worker(open.spec(), () -> load(open.spec()))
        .thenCompose(region -> lead(open.region(), region, open.epoch()));
  }

  /** A region that cannot lead is closed again, so that the metasrv sees it is missing. */
  private CompletableFuture<InstructionReply> lead(
      RegionId id, RegionWorker region, RegionEpoch epoch) {
    return region
        .promote(epoch, TO_THE_END, OPEN_TIMEOUT)
        .handle(
            (reply, problem) -> {
              if (problem == null) {
                return CompletableFuture.completedFuture(reply);
              }
              CompletableFuture<InstructionReply> failed =
                  CompletableFuture.failedFuture(TerraneException.of(problem));
              return region.role() == RegionRole.FOLLOWER
                  ? close(id).thenCompose(done -> failed)
                  : failed;
            })
        .thenCompose(Function.identity());
  }

  private CompletableFuture<InstructionReply> openCandidate(RegionInstruction.OpenCandidate open) {
    environment.replays().limit(open.replayBytesPerSecond());
    return worker(open.spec(), () -> load(open.spec())).thenCompose(RegionWorker::follow);
  }

  /** Regions that are opened together read the log together. */
  private CompletableFuture<ManifestLog> load(RegionSpec spec) {
    LogTopic topic = environment.walTopics().apply(spec.walTopic());
    environment.replays().expect(topic, spec.region());
    return opener
        .load(spec)
        .whenComplete(
            (manifest, problem) -> {
              if (problem != null) {
                environment.replays().expectNoMore(topic, spec.region());
              }
            });
  }

  /** The open region, or one that is made on the manifest that {@code load} gives. */
  private CompletableFuture<RegionWorker> worker(
      RegionSpec spec, Supplier<CompletableFuture<ManifestLog>> load) {
    CompletableFuture<RegionWorker> mine = new CompletableFuture<>();
    CompletableFuture<RegionWorker> present = regions.putIfAbsent(spec.region(), mine);
    if (present != null) {
      return present;
    }
    load.get()
        .thenApply(manifest -> new RegionWorker(environment, spec, manifest))
        .whenComplete(
            (region, problem) -> {
              if (problem != null) {
                regions.remove(spec.region(), mine);
                mine.completeExceptionally(problem);
              } else {
                mine.complete(region);
              }
            });
    return mine;
  }

  private <I extends RegionInstruction> CompletableFuture<InstructionReply> with(
      I instruction, Function<RegionWorker, CompletableFuture<InstructionReply>> action) {
    CompletableFuture<RegionWorker> region = regions.get(instruction.region());
    return region == null
        ? CompletableFuture.failedFuture(notOpen(instruction.region()))
        : region.thenCompose(action);
  }

  private CompletableFuture<InstructionReply> checksum(RegionId id, RegionWorker worker) {
    return CompletableFuture.supplyAsync(() -> readAll(id, worker), environment.background());
  }

  private CompletableFuture<InstructionReply> files(
      RegionInstruction.ListFiles list, RegionWorker worker) {
    RegionVersion version = worker.pinAsLed(RegionEpoch.FIRST);
    try {
      RegionFiles files = new RegionFiles(list.region());
      return list.stored()
          ? files.in(environment.store())
          : CompletableFuture.completedFuture(files.of(version));
    } finally {
      version.release();
    }
  }

  private InstructionReply readAll(RegionId id, RegionWorker worker) {
    RegionVersion version = worker.pinAsLed(RegionEpoch.FIRST);
    List<String> columns = version.schema().stored().stream().map(ColumnSchema::name).toList();
    try (RegionScan scan =
        RegionScan.open(
            version,
            environment.reader(),
            Optional.empty(),
            new PlanFragment.ScanRegion(id, version.schema().version(), columns, Optional.empty()),
            RegionScan.Wanted.ALL,
            NOTHING_EXPIRED,
            environment.config().scanBatchRows(),
            allocator)) {
      return RegionChecksum.of(scan, version.committedSequence());
    } finally {
      version.release();
    }
  }

  private CompletableFuture<InstructionReply> close(RegionId id) {
    CompletableFuture<RegionWorker> region = regions.get(id);
    if (region == null) {
      return CompletableFuture.completedFuture(new InstructionReply.Done());
    }
    return region
        .handle((worker, problem) -> Optional.ofNullable(worker))
        .thenCompose(
            worker ->
                worker
                    .map(RegionWorker::close)
                    .orElse(CompletableFuture.completedFuture(new InstructionReply.Done())))
        .whenComplete((reply, problem) -> regions.remove(id, region));
  }

  private CompletableFuture<InstructionReply> drop(RegionInstruction.DropRegion drop) {
    return close(drop.region())
        .thenCompose(closedReply -> opener.delete(drop.region()))
        .thenApply(deleted -> new InstructionReply.Done());
  }

  private RegionWorker openRegion(RegionId id) {
    return findOpen(id).orElseThrow(() -> notOpen(id));
  }

  private Optional<RegionWorker> findOpen(RegionId id) {
    CompletableFuture<RegionWorker> region = regions.get(id);
    return region == null || !region.isDone() || region.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.of(region.join());
  }

  private TerraneException notOpen(RegionId region) {
    return new TerraneException(
        ErrorCode.REGION_NOT_OPEN,
        "region " + region + " is not open on datanode " + environment.config().nodeId());
  }

  /** Of every region that is open. */
  public List<RegionStat> stats() {
    return regions.keySet().stream()
        .sorted()
        .flatMap(id -> findOpen(id).stream())
        .flatMap(region -> region.stat().stream())
        .toList();
  }

  /** What was flushed and merged since the start. */
  public CompactionCounters counters() {
    return environment.counters();
  }

  /** Where the bytes of files came from since the start. */
  public ReadCounters readCounters() {
    return environment.reader().counters();
  }

  /** Parts of files on the local disk. */
  public FileCache fileCache() {
    return environment.reader().fileCache();
  }

  /** Lets every region look whether there is something to compact. */
  void compactSoon() {
    regions.keySet().stream()
        .flatMap(id -> findOpen(id).stream())
        .forEach(RegionWorker::compactSoon);
  }

  /** The regions that are open, by the number of their WAL topic. */
  Map<Integer, List<RegionWorker>> regionsByWalTopic() {
    return regions.keySet().stream()
        .flatMap(id -> findOpen(id).stream())
        .collect(Collectors.groupingBy(RegionWorker::walTopic));
  }

  /**
   * Hands a lease to its region.
   *
   * @param sentNanos when the heartbeat was sent, on the datanode's ticker
   */
  public void grant(RegionLease lease, long sentNanos) {
    findOpen(lease.region()).ifPresent(region -> region.grant(lease, sentNanos));
  }

  /** What this datanode's regions have read of the log. */
  public ReplayTraffic replayTraffic() {
    return environment.replays().traffic();
  }

  /** What to run when the metasrv should hear of this node soon. */
  void onHeartbeatWanted(Runnable action) {
    heartbeat = action;
  }

  /** Closes every region; completes when their memory is free. */
  public CompletableFuture<Void> shutDown() {
    closed = true;
    return CompletableFuture.allOf(
        regions.keySet().stream().map(this::close).toArray(CompletableFuture[]::new));
  }

  /** Blocks until every region is closed; scans must have ended. */
  @Override
  public void close() {
    shutDown().join();
    environment.columns().close();
    allocator.close();
  }

  private final class Events implements RegionEvents {
    @Override
    public void heartbeatWanted() {
      heartbeat.run();
    }

    @Override
    public void flushWanted(RegionId region) {
      findOpen(region).ifPresent(RegionWorker::flushSoon);
    }
  }
}
