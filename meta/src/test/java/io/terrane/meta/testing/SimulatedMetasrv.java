package io.terrane.meta.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogEntry;
import io.terrane.log.LogTopic;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.meta.Metasrv;
import io.terrane.meta.MetasrvConfig;
import io.terrane.meta.failover.FailoverConfig;
import io.terrane.meta.store.MetadataJson;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A real metasrv over a log and a bucket in memory, with simulated datanodes, on one simulated
 * clock. Crashing and starting it again keeps log, bucket and datanodes.
 */
public final class SimulatedMetasrv {
  public static final LogTopic TOPIC = new LogTopic("metadata");

  /** Long times and no failover: what the tests of single moves and leases count with. */
  public static final MetasrvConfig CONFIG =
      MetasrvConfig.DEFAULT
          .withWalTopics(4)
          .withHeartbeats(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(10))
          .withFailover(FailoverConfig.DEFAULT.disabled());

  /** As clusters run. */
  public static final MetasrvConfig WITH_FAILOVER = MetasrvConfig.DEFAULT.withWalTopics(4);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofMillis(10);

  public final SimulatedScheduler scheduler = new SimulatedScheduler();
  public final RecordingDatanodes datanodes;
  public final FaultyLog log = new FaultyLog(new InMemorySharedLog(scheduler));
  public final InMemoryObjectStore objects = new InMemoryObjectStore(scheduler);
  private MetasrvConfig config;
  private final Random random;
  private Runnable afterEachTick = () -> {};
  private FaultyLog.Session session;
  private GatedDatanodes gate;
  private Metasrv metasrv;

  public SimulatedMetasrv(MetasrvConfig config, long seed) {
    this.config = config;
    this.datanodes = new RecordingDatanodes(scheduler, config.heartbeatInterval());
    this.random = new Random(seed);
    log.open()
        .createTopics(
            IntStream.range(0, config.walTopics()).mapToObj(SimulatedMetasrv::walTopic).toList());
    restart();
  }

  public static SimulatedMetasrv withDatanodes(int count) {
    return withDatanodes(count, CONFIG);
  }

  public static SimulatedMetasrv withDatanodes(int count, MetasrvConfig config) {
    SimulatedMetasrv simulated =
        new SimulatedMetasrv(config.withInitialLeaseGrace(Duration.ZERO), 42);
    for (int node = 1; node <= count; node++) {
      simulated.datanodes.start(node);
    }
    simulated.run(Duration.ofMillis(100));
    return simulated;
  }

  public static LogTopic walTopic(int number) {
    return new LogTopic("wal-" + number);
  }

  public Metasrv metasrv() {
    return metasrv;
  }

  /** Runs after each 10 ms of simulated time, for invariants. */
  public void afterEachTick(Runnable check) {
    afterEachTick = check;
  }

  /** As if the process were killed: nothing it began reaches log, bucket or datanodes any more. */
  public void crash() {
    session.cut();
    gate.cut();
    metasrv.close();
  }

  /** A new process on the same log and bucket; runs until it serves. */
  public void restart() {
    startWithoutWaiting();
    long end = scheduler.nanos() + PATIENCE.toNanos();
    while (!serves() && scheduler.nanos() < end) {
      scheduler.runFor(TICK);
    }
  }

  private boolean serves() {
    return metasrv.cluster().handle((view, failure) -> failure == null).getNow(false);
  }

  /** As {@link #startWithoutWaiting}, by someone who does not know that no old leases are valid. */
  public void startWithGrace() {
    config = config.withInitialLeaseGrace(config.leaseDuration().plus(config.leaseMargin()));
    startWithoutWaiting();
  }

  /** A new process that may well be killed before it serves. */
  public void startWithoutWaiting() {
    session = log.open();
    gate = new GatedDatanodes(datanodes);
    metasrv =
        new Metasrv(
            config,
            new NodeInfo(
                new NodeId(0),
                NodeRole.METASRV,
                "metasrv",
                "host",
                "0.1.0",
                "abc",
                2,
                1 << 30,
                scheduler.instant()),
            session,
            TOPIC,
            SimulatedMetasrv::walTopic,
            objects,
            ObjectKey.of("meta", "snapshots"),
            gate,
            scheduler,
            scheduler,
            scheduler,
            random,
            scheduler);
    metasrv.start();
    datanodes.report(metasrv);
  }

  public void run(Duration time) {
    for (long i = 0; i < time.dividedBy(TICK); i++) {
      scheduler.runFor(TICK);
      afterEachTick.run();
    }
  }

  /** The answer, after as much simulated time as it needs. */
  public <T> T await(CompletableFuture<T> future) {
    long end = scheduler.nanos() + PATIENCE.toNanos();
    while (!future.isDone() && scheduler.nanos() < end) {
      run(TICK);
    }
    if (!future.isDone()) {
      throw new AssertionError("no answer within " + PATIENCE + " of simulated time");
    }
    return future.join();
  }

  public ProcedureInfo execute(ProcedureRequest request) {
    ProcedureId id = await(metasrv.submit(request, "key-" + random.nextLong()));
    return end(id);
  }

  public ProcedureInfo end(ProcedureId id) {
    ProcedureInfo info = await(metasrv.await(id, PATIENCE));
    if (!info.status().isFinal()) {
      throw new AssertionError("has not ended: " + info);
    }
    return info;
  }

  /** Every state of the procedure that the log has, as {@code STATUS step}. */
  public List<String> storedStates(ProcedureId id) {
    List<String> states = new ArrayList<>();
    for (LogEntry entry : await(log.open().read(TOPIC, 0).poll(Duration.ZERO))) {
      for (JsonNode edit : MetadataJson.parse(entry.record().value()).get("edits")) {
        for (JsonNode change : edit.get("changes")) {
          JsonNode stored = change.path("record");
          if (stored.path("id").asText().equals(id.toString())) {
            states.add(stored.get("status").asText() + " " + stored.get("step").asText());
          }
        }
      }
    }
    return states;
  }

  public RegionRoute route(RegionId region) {
    return metasrv.snapshot().findRegion(region).orElseThrow();
  }

  public static ProcedureRequest createTable(String name, int regions) {
    return createTable(new TableName("public", name), regions);
  }

  public static ProcedureRequest createTable(TableName name, int regions) {
    return new ProcedureRequest.CreateTable(
        name,
        schema(),
        regions == 1 ? PartitionRule.NONE : rule(regions),
        TableInfo.DEFAULT_ENGINE,
        Map.of("ttl", "7d"),
        "",
        false);
  }

  private static TableSchema schema() {
    return new TableSchema(
        0,
        List.of(
            new ColumnSchema(
                1, "host", DataType.STRING, false, SemanticType.TAG, Optional.empty(), ""),
            new ColumnSchema(
                2,
                "ts",
                DataType.TIMESTAMP_MILLIS,
                false,
                SemanticType.TIMESTAMP,
                Optional.empty(),
                ""),
            ColumnSchema.field(3, "usage", DataType.FLOAT64)),
        List.of("host"),
        Optional.of("ts"));
  }

  private static PartitionRule rule(int regions) {
    List<PartitionRule.Bound> bounds =
        IntStream.range(0, regions)
            .mapToObj(
                i ->
                    new PartitionRule.Bound(
                        "host < 'h" + i + "'",
                        new PartitionExpr.Compare("host", PartitionExpr.Op.LT, Datum.of("h" + i))))
            .toList();
    return new PartitionRule(List.of("host"), bounds);
  }
}
