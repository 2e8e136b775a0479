package io.terrane.meta;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.meta.catalog.CatalogEdits;
import io.terrane.meta.catalog.CatalogManager;
import io.terrane.meta.ddl.DdlContext;
import io.terrane.meta.failover.FailoverConfig;
import io.terrane.meta.failover.RegionSupervisor;
import io.terrane.meta.membership.AbsenceProbe;
import io.terrane.meta.membership.ClusterReport;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.membership.HeartbeatHandler;
import io.terrane.meta.membership.InstructionSender;
import io.terrane.meta.membership.NodeRegistry;
import io.terrane.meta.membership.RegionLeases;
import io.terrane.meta.membership.SettledRoutes;
import io.terrane.meta.membership.WalTrimmer;
import io.terrane.meta.migration.MigrationEnvironment;
import io.terrane.meta.migration.MigrationPlanner;
import io.terrane.meta.migration.MigrationReports;
import io.terrane.meta.migration.StallLedger;
import io.terrane.meta.placement.FewestRegions;
import io.terrane.meta.procedure.ProcedureExecutor;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataSnapshots;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.Proposal;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * The door to the metadata of a cluster: assembles what keeps it, and delegates. Thread-safe; no
 * method blocks; futures complete on threads of the executor, the scheduler or the log.
 *
 * <p>Edits, procedures and heartbeats are refused with NOT_METASRV_LEADER or SHUTTING_DOWN while it
 * does not lead; what it knows of the catalogue can be read at any time after {@link #start()}.
 */
public final class Metasrv
    implements CatalogService, ProcedureService, MembershipService, AutoCloseable {
  private static final int START_TRIES = 20;
  private static final Duration START_PAUSE = Duration.ofMillis(500);

  private final MetasrvConfig config;
  private final SharedLog log;
  private final IntFunction<LogTopic> walTopics;
  private final MetadataStore store;
  private final CatalogManager catalog;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final NodeRegistry registry;
  private final MigrationReports reports;
  private final SettledRoutes settled;
  private final Ticker ticker;
  private final Datanodes datanodes;
  private final Executor executor;
  private final RandomGenerator random;
  private final LeaderElection election;
  private volatile Optional<Leading> leading = Optional.empty();

  /** What works only while this metasrv leads. */
  private record Leading(
      ProcedureExecutor procedures,
      Procedures types,
      MigrationPlanner planner,
      HeartbeatHandler members,
      ClusterReport report,
      RegionSupervisor supervisor,
      AbsenceProbe probe,
      WalTrimmer trimmer) {
    void halt() {
      probe.stop();
      supervisor.stop();
      procedures.halt();
      trimmer.halt();
    }
  }

  /**
   * @param self how this metasrv shows in the cluster's list of nodes
   * @param metadataTopic the log topic that is the metadata; nobody else writes to it
   * @param walTopics the log topic of each WAL topic number
   * @param metadataFolder where snapshots go in {@code objects}
   * @param random also makes procedure ids, so it must not repeat itself in a later process
   */
  public Metasrv(
      MetasrvConfig config,
      NodeInfo self,
      SharedLog log,
      LogTopic metadataTopic,
      IntFunction<LogTopic> walTopics,
      ObjectStore objects,
      ObjectKey metadataFolder,
      Datanodes datanodes,
      Scheduler scheduler,
      Ticker ticker,
      InstantSource clock,
      RandomGenerator random,
      Executor executor) {
    this.config = config;
    this.log = log;
    this.walTopics = walTopics;
    this.scheduler = scheduler;
    this.clock = clock;
    this.ticker = ticker;
    this.datanodes = datanodes;
    this.executor = executor;
    this.random = random;
    this.store =
        new MetadataStore(
            log,
            metadataTopic,
            new MetadataSnapshots(objects, metadataFolder),
            scheduler,
            executor,
            random,
            config.snapshotEveryEdits());
    this.catalog = new CatalogManager(store, scheduler);
    this.registry = new NodeRegistry(self, clock, ticker, config.nodeTimeout());
    this.reports = new MigrationReports(store, registry, clock);
    this.settled = new SettledRoutes(store, scheduler, config.heartbeatHold());
    this.election =
        new LeaderElection(store, scheduler, ticker, config.leaderTimeout(), this::stand);
    store.onImage(image -> haltIfDeposed());
  }

  /**
   * Loads and catches up. Then, if it is alone, takes leadership, goes on with unfinished
   * procedures, and serves; if there may be others, it serves as a standby until it is its turn.
   */
  public CompletableFuture<Void> start() {
    return config.leaderTimeout().isZero()
        ? store.start().thenCompose(loaded -> takeOver(1)).thenRun(() -> lead(config.failover()))
        : store.start().thenRun(election::start);
  }

  /**
   * @param follows a leader to which live datanodes reported a moment ago: they report here soon
   */
  private CompletableFuture<Void> stand(boolean follows) {
    FailoverConfig failover =
        follows ? config.failover().knowingAfter(config.nodeTimeout()) : config.failover();
    return store
        .takeLeadership()
        .thenCompose(term -> makeDefaultDatabase())
        .thenRun(() -> lead(failover));
  }

  /** Stops taking steps, stores a snapshot, closes. Nothing is lost if it does not get that far. */
  public CompletableFuture<Void> stop() {
    election.stop();
    leading.ifPresent(Leading::halt);
    return store.closeCleanly();
  }

  /** Closes at once, without a snapshot. */
  @Override
  public void close() {
    election.stop();
    leading.ifPresent(Leading::halt);
    store.close();
  }

  @Override
  public CatalogSnapshot snapshot() {
    return catalog.snapshot();
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return catalog.latest();
  }

  @Override
  public CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
    return catalog.newerThan(version, timeout);
  }

  @Override
  public CompletableFuture<ProcedureId> submit(ProcedureRequest request, String idempotencyKey) {
    return leading
        .map(
            now ->
                now.procedures()
                    .submit(image -> now.types().forRequest(request, image), idempotencyKey))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
    return leading
        .map(now -> CompletableFuture.completedFuture(now.procedures().find(id).map(reports::of)))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<List<ProcedureInfo>> list() {
    return leading
        .map(now -> CompletableFuture.completedFuture(reports.of(now.procedures().list())))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    return leading
        .map(now -> now.procedures().await(id, timeout).thenApply(reports::of))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
    TerraneException reason =
        new TerraneException(ErrorCode.PROCEDURE_CANCELLED, "cancelled by " + askedBy);
    return leading
        .map(now -> now.procedures().cancel(id, reason).thenApply(reports::of))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move) {
    return leading
        .map(now -> CompletableFuture.completedFuture(now.planner().plan(move)))
        .orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
    return leading.map(now -> now.members().heartbeat(heartbeat)).orElseGet(Metasrv::notLeading);
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return leading
        .map(now -> CompletableFuture.completedFuture(now.report().of(store.image())))
        .orElseGet(Metasrv::notLeading);
  }

  private CompletableFuture<Void> takeOver(int tries) {
    return store
        .takeLeadership()
        .thenCompose(term -> makeDefaultDatabase())
        .exceptionallyCompose(
            failure -> {
              TerraneException reason = TerraneException.of(failure);
              boolean mayPass =
                  reason.kind() == ErrorKind.RETRY || reason.kind() == ErrorKind.OUTCOME_UNKNOWN;
              return mayPass && tries < START_TRIES
                  ? pause().thenCompose(done -> takeOver(tries + 1))
                  : CompletableFuture.failedFuture(reason);
            });
  }

  private CompletableFuture<Void> makeDefaultDatabase() {
    return store.commit(
        image -> {
          DatabaseInfo database =
              new DatabaseInfo(TableName.DEFAULT_DATABASE, Map.of(), clock.instant());
          boolean exists = image.catalog().findDatabase(database.name()).isPresent();
          return new Proposal<Void>(
              exists ? MetadataEdit.NOTHING : CatalogEdits.createDatabase(database), null);
        });
  }

  private CompletableFuture<Void> pause() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    scheduler.schedule(START_PAUSE, () -> over.complete(null));
    return over;
  }

  private void lead(FailoverConfig failover) {
    FailureDetector detector =
        new FailureDetector(
            ticker,
            new FailureDetector.Limits(
                config.heartbeatInterval(),
                config.nodeTimeout(),
                failover.phiMax(),
                failover.pause()));
    RegionLeases leases =
        new RegionLeases(
            ticker, config.leaseDuration(), config.leaseMargin(), config.initialLeaseGrace());
    InstructionSender sender =
        new InstructionSender(
            datanodes, detector, scheduler, config.heartbeatInterval().dividedBy(3));
    Procedures types =
        new Procedures(
            new DdlContext(
                store,
                sender,
                detector,
                new FewestRegions(),
                clock,
                config.walTopics(),
                config.instructionTimeout()),
            new MigrationEnvironment(
                store,
                sender,
                detector,
                leases,
                clock,
                config.instructionTimeout(),
                config.flushTimeout(),
                config.catchUpLag(),
                config.catchUpInterval()));
    ProcedureExecutor procedures =
        new ProcedureExecutor(
            store,
            types.types(),
            scheduler,
            executor,
            clock,
            random,
            new ProcedureExecutor.Limits(
                config.procedureRetry(),
                config.procedureRetention(),
                config.finishedProceduresMax(),
                config.runningProceduresMax()));
    HeartbeatHandler members =
        new HeartbeatHandler(
            store, registry, detector, leases, settled, new StallLedger(store)::report);
    RegionSupervisor supervisor =
        new RegionSupervisor(
            store,
            detector,
            new FewestRegions(),
            (move, key) -> procedures.submit(image -> types.forRequest(move, image), key),
            scheduler,
            ticker,
            failover,
            config.heartbeatInterval());
    AbsenceProbe probe =
        new AbsenceProbe(datanodes, detector, scheduler, config.heartbeatInterval());
    WalTrimmer trimmer =
        new WalTrimmer(store, registry, log, walTopics, config.walTopics(), scheduler);
    procedures.resume();
    supervisor.start();
    probe.start();
    trimmer.start();
    leading =
        Optional.of(
            new Leading(
                procedures,
                types,
                new MigrationPlanner(store, registry, detector, leases),
                members,
                new ClusterReport(registry, detector, leases, supervisor::tasks),
                supervisor,
                probe,
                trimmer));
    haltIfDeposed(); // which it may have been before this could be seen
  }

  private void haltIfDeposed() {
    if (!store.isLeader()) {
      leading.ifPresent(Leading::halt);
      leading = Optional.empty();
    }
  }

  private static <T> CompletableFuture<T> notLeading() {
    return CompletableFuture.failedFuture(
        new TerraneException(ErrorCode.NOT_METASRV_LEADER, "this metasrv does not lead"));
  }
}
