package io.terrane.infoschema;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.LeaseStatus;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.MigrationProgress;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.sql.FrontendView;
import io.terrane.api.sql.SessionInfo;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.table.ViewInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Two databases; {@code public.readings} in two regions, the second one downgrading; {@code
 * shop.orders} without time index; one view; three nodes and a finished and a failed migration.
 */
final class InformationSchemaFixture {

  static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
  static final TableId READINGS = new TableId(1024);
  static final TableId ORDERS = new TableId(1025);

  boolean metasrvReachable = true;
  boolean viewsReadable;

  final CatalogSnapshot catalog =
      new CatalogSnapshot(
          7,
          Map.of(
              "public", new DatabaseInfo("public", Map.of(), CREATED),
              "shop", new DatabaseInfo("shop", Map.of("ttl", "7days"), CREATED)),
          Map.of(READINGS, readings(), ORDERS, orders()),
          Map.of(
              new TableId(1026),
              new ViewInfo(
                  new TableId(1026),
                  new TableName("shop", "big_orders"),
                  "SELECT * FROM orders WHERE total > 10",
                  "shop",
                  List.of(),
                  CREATED)),
          Map.of(
              READINGS,
              new TableRoute(
                  READINGS,
                  RouteVersion.FIRST,
                  List.of(
                      route(RegionId.of(READINGS, 0), 1),
                      route(RegionId.of(READINGS, 1), 2).downgrading(NOW.minusSeconds(42)))),
              ORDERS,
              new TableRoute(
                  ORDERS, RouteVersion.FIRST, List.of(route(RegionId.of(ORDERS, 0), 2)))));

  final MembershipService membership =
      new MembershipService() {
        @Override
        public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
          throw new AssertionError("system tables send no heartbeats");
        }

        @Override
        public CompletableFuture<ClusterView> cluster() {
          return answer(clusterView());
        }
      };

  final ProcedureService procedures =
      new ProcedureService() {
        @Override
        public CompletableFuture<ProcedureId> submit(ProcedureRequest request, String key) {
          throw new AssertionError("system tables start nothing");
        }

        @Override
        public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
          throw new AssertionError("system tables list");
        }

        @Override
        public CompletableFuture<List<ProcedureInfo>> list() {
          return answer(
              List.of(procedure(1, ProcedureStatus.DONE), procedure(2, ProcedureStatus.FAILED)));
        }

        @Override
        public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
          throw new AssertionError("system tables wait for nothing");
        }

        @Override
        public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
          throw new AssertionError("system tables change nothing");
        }

        @Override
        public CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move) {
          throw new AssertionError("system tables explain nothing");
        }
      };

  final InformationSchema schema =
      new InformationSchema(
          procedures,
          membership,
          node -> new FakeFiles(node, NOW),
          new BuildInfo("main", "0123456789abcdef", true, "0.1.0"),
          () -> NOW);

  /** One running and one idle session; every view has one column. */
  final FrontendView frontend =
      new FrontendView() {
        @Override
        public List<SessionInfo> sessions() {
          return List.of(
              new SessionInfo(7, "root", "localhost", "public", Duration.ofSeconds(3), "SELECT 1"),
              new SessionInfo(9, "bi", "10.0.0.1", "", Duration.ofMinutes(1), ""));
        }

        @Override
        public Map<String, String> status() {
          return Map.of("Uptime", "5");
        }

        @Override
        public Map<String, String> variables() {
          return Map.of("time_zone", "+01:00");
        }

        @Override
        public Map<String, String> globalVariables() {
          return Map.of("time_zone", "SYSTEM");
        }

        @Override
        public Optional<List<ColumnSchema>> columns(ViewInfo view) {
          return viewsReadable
              ? Optional.of(List.of(ColumnSchema.field(0, "total", DataType.FLOAT64)))
              : Optional.empty();
        }
      };

  private <T> CompletableFuture<T> answer(T value) {
    return metasrvReachable
        ? CompletableFuture.completedFuture(value)
        : CompletableFuture.failedFuture(
            new TerraneException(ErrorCode.NODE_UNREACHABLE, "metasrv is gone"));
  }

  private static TableInfo readings() {
    ColumnSchema host =
        new ColumnSchema(
            0, "host", DataType.STRING, false, SemanticType.TAG, Optional.empty(), "where");
    ColumnSchema ts =
        new ColumnSchema(
            1,
            "ts",
            DataType.TIMESTAMP_MILLIS,
            false,
            SemanticType.TIMESTAMP,
            Optional.of(ColumnDefault.currentTimestamp()),
            "");
    ColumnSchema value =
        new ColumnSchema(
            2,
            "val",
            DataType.FLOAT64,
            true,
            SemanticType.FIELD,
            Optional.of(ColumnDefault.value(Datum.of(1.5))),
            "");
    return new TableInfo(
        READINGS,
        new TableName("public", "readings"),
        new TableSchema(0, List.of(host, ts, value), List.of("host"), Optional.of("ts")),
        new PartitionRule(
            List.of("host"),
            List.of(
                bound("host < 'm'", PartitionExpr.Op.LT),
                bound("host >= 'm'", PartitionExpr.Op.GE))),
        TableInfo.DEFAULT_ENGINE,
        Map.of("append_mode", "false"),
        "sensors",
        CREATED);
  }

  private static PartitionRule.Bound bound(String sql, PartitionExpr.Op op) {
    return new PartitionRule.Bound(sql, new PartitionExpr.Compare("host", op, Datum.of("m")));
  }

  private static TableInfo orders() {
    ColumnSchema id =
        new ColumnSchema(0, "id", DataType.UINT64, false, SemanticType.TAG, Optional.empty(), "");
    return new TableInfo(
        ORDERS,
        new TableName("shop", "orders"),
        new TableSchema(
            0,
            List.of(
                id,
                ColumnSchema.field(1, "total", DataType.decimal(20, 6)),
                ColumnSchema.field(2, "paid", DataType.BOOLEAN)),
            List.of("id"),
            Optional.empty()),
        PartitionRule.NONE,
        TableInfo.DEFAULT_ENGINE,
        Map.of(),
        "",
        CREATED);
  }

  private static RegionRoute route(RegionId region, long leader) {
    return new RegionRoute(
        region, new NodeId(leader), RegionEpoch.FIRST, LeaderState.ALIVE, Optional.empty(), 0);
  }

  /** Region 0 of readings is reported by its leader and by a candidate on node 2. */
  private static ClusterView clusterView() {
    RegionId first = RegionId.of(READINGS, 0);
    RegionStat led = stat(first, RegionRole.LEADER);
    return new ClusterView(
        List.of(
            node(0, NodeRole.FRONTEND, true),
            node(0, NodeRole.METASRV, true),
            node(2, NodeRole.DATANODE, false),
            node(1, NodeRole.DATANODE, true)),
        Map.of(first, led),
        Map.of(
            new NodeId(1), List.of(led),
            new NodeId(2), List.of(stat(first, RegionRole.FOLLOWER))),
        List.of(
            new LeaseStatus(first, new NodeId(1), RegionEpoch.FIRST, Duration.ofMillis(3_500)),
            new LeaseStatus(
                RegionId.of(READINGS, 1), new NodeId(2), RegionEpoch.FIRST, Duration.ZERO)),
        List.of(
            new MigrationTask(
                MigrationReason.DRAIN, "2", Optional.empty(), 1, 0, Optional.of("no room")),
            new MigrationTask(
                MigrationReason.TABLE,
                "public.readings",
                Optional.of(new NodeId(1)),
                1,
                1,
                Optional.empty())));
  }

  private static RegionStat stat(RegionId region, RegionRole role) {
    return new RegionStat(
        region,
        RegionEpoch.FIRST,
        role,
        10,
        5000,
        100,
        30,
        900,
        2,
        4,
        12,
        11,
        99,
        90,
        0,
        20,
        450,
        900);
  }

  private static NodeStatus node(long id, NodeRole role, boolean alive) {
    return new NodeStatus(
        new NodeInfo(
            new NodeId(id),
            role,
            "host" + id + ":3001",
            "host" + id,
            "0.1.0",
            "0123",
            2,
            1L << 30,
            CREATED),
        alive,
        NOW.minusMillis(1500),
        1,
        0);
  }

  private static MigrationInfo migration(boolean failed) {
    return new MigrationInfo(
        new RegionId(4398046511104L),
        new TableName("public", "readings"),
        new NodeId(1),
        new NodeId(2),
        failed ? MigrationReason.FAILOVER : MigrationReason.MANUAL,
        failed ? "" : "root@localhost",
        List.of(
            new MigrationStep("OpenCandidate", CREATED, Optional.of(CREATED.plusSeconds(1))),
            new MigrationStep(
                "CatchUp", CREATED.plusSeconds(1), Optional.of(CREATED.plusSeconds(3)))),
        failed ? -1 : 5,
        failed ? -1 : 9,
        failed ? -1 : 10,
        failed ? ReplayWork.NONE : new ReplayWork(900, 800, 7),
        failed ? 2 : 0,
        failed ? Optional.of("no answer") : Optional.empty(),
        failed ? Optional.empty() : Optional.of(Duration.ofMillis(31)),
        failed ? 0 : 4,
        failed
            ? Optional.empty()
            : Optional.of(new MigrationProgress(12, Optional.of(Duration.ofMillis(80)))),
        Optional.empty());
  }

  private static ProcedureInfo procedure(long number, ProcedureStatus status) {
    boolean failed = status == ProcedureStatus.FAILED;
    return new ProcedureInfo(
        new ProcedureId(new UUID(0, number)),
        "metasrv-procedure::RegionMigration",
        status,
        failed ? "Restore" : "CloseOldLeader",
        failed ? Optional.of(ErrorCode.TIMED_OUT) : Optional.empty(),
        failed ? Optional.of("replay took too long") : Optional.empty(),
        CREATED,
        Optional.of(CREATED.plusSeconds(3)),
        List.of("table:1024:read", "region:4398046511104:write"),
        7,
        Optional.of(migration(failed)));
  }
}
