package io.terrane.rpc.wire;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.LeaseStatus;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.node.RegionLease;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.MigrationProgress;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.region.WriteStall;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnIndex;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** One value of every kind that crosses a wire, with no field at its default. */
public final class Samples {

  public static final Instant TIME = Instant.ofEpochSecond(1_772_000_000L, 123_456_789);
  public static final TableId TABLE = new TableId(1024);
  public static final RegionId REGION = RegionId.of(TABLE, 1);
  public static final RegionEpoch EPOCH = new RegionEpoch(5);

  static final List<Datum> DATUMS =
      List.of(
          Datum.NULL,
          Datum.ofNull(DataType.STRING),
          Datum.of(true),
          Datum.of(Long.MIN_VALUE),
          new Datum(DataType.INT8, -7L),
          new Datum(DataType.INT16, 8L),
          new Datum(DataType.INT32, 9L),
          new Datum(DataType.UINT8, 255L),
          new Datum(DataType.UINT16, 1L),
          new Datum(DataType.UINT32, 4_294_967_295L),
          new Datum(DataType.UINT64, -1L),
          new Datum(DataType.FLOAT32, 1.5),
          Datum.of(Double.NaN),
          Datum.of(-0.0),
          new Datum(DataType.decimal(20, 6), new BigDecimal("12345.600000")),
          Datum.of("größer \0 '☃"),
          Datum.of(""),
          Datum.ofBytes(new byte[] {0, -1, 7}),
          new Datum(DataType.DATE, 20_000L),
          new Datum(DataType.TIME, -1L),
          new Datum(DataType.TIMESTAMP_NANOS, 1L));

  static final PartitionExpr COMPARE =
      new PartitionExpr.Compare("host", PartitionExpr.Op.GE, Datum.of("m"));
  static final List<PartitionExpr> PARTITION_EXPRS =
      List.of(
          COMPARE, new PartitionExpr.And(COMPARE, COMPARE), new PartitionExpr.Or(COMPARE, COMPARE));

  public static final TableInfo TABLE_INFO =
      new TableInfo(
          TABLE,
          new TableName("public", "readings"),
          schema(),
          new PartitionRule(
              List.of("host"), List.of(new PartitionRule.Bound("host >= 'm'", COMPARE))),
          "mito",
          Map.of("append_mode", "true", "ttl", "7d"),
          "sensors",
          TIME);

  static final RegionSpec SPEC = new RegionSpec(REGION, TABLE_INFO, 3);

  public static final List<RegionInstruction> INSTRUCTIONS =
      List.of(
          new RegionInstruction.CreateRegion(SPEC, EPOCH),
          new RegionInstruction.OpenRegion(SPEC, EPOCH),
          new RegionInstruction.OpenCandidate(SPEC, 1 << 20),
          new RegionInstruction.ReplayProgress(REGION),
          new RegionInstruction.FlushRegion(REGION),
          new RegionInstruction.CompactRegion(REGION),
          new RegionInstruction.ChecksumRegion(REGION),
          new RegionInstruction.DowngradeRegion(REGION, EPOCH),
          new RegionInstruction.ClaimManifest(REGION, EPOCH),
          new RegionInstruction.UpgradeRegion(REGION, EPOCH, -1, Duration.ofMillis(1500)),
          new RegionInstruction.CloseRegion(REGION),
          new RegionInstruction.TruncateRegion(REGION, EPOCH),
          new RegionInstruction.DropRegion(SPEC),
          new RegionInstruction.AlterRegion(SPEC),
          new RegionInstruction.CollectGarbage(REGION, false),
          new RegionInstruction.CollectGarbage(REGION, true),
          new RegionInstruction.ListFiles(REGION, true));

  public static final List<InstructionReply> REPLIES =
      List.of(
          new InstructionReply.Done(),
          new InstructionReply.Checksum(3, 4, -5),
          new InstructionReply.Downgraded(-1),
          new InstructionReply.Flushed(17, 18),
          new InstructionReply.Swept(3, 4, 5),
          new InstructionReply.Files(
              List.of(
                  new RegionFile("regions/1/0/data/a", 7, Optional.of(TIME), Optional.empty()),
                  new RegionFile(
                      "regions/1/0/data/b",
                      8,
                      Optional.empty(),
                      Optional.of(
                          new RegionFile.Content(
                              "b", 1, 9, 10, Optional.of(TIME), Optional.empty()))))),
          new InstructionReply.Replay(3, 5, new ReplayWork(900, 800, 7)));

  static final ScalarExpr REF = new ScalarExpr.ColumnRef(2, DataType.FLOAT64);
  static final ScalarExpr LITERAL = new ScalarExpr.Literal(Datum.of(1.5));
  static final ScalarExpr CALL = new ScalarExpr.Call(">", List.of(REF, LITERAL), DataType.BOOLEAN);
  static final List<ScalarExpr> EXPRS = List.of(REF, LITERAL, CALL);

  public static final PlanFragment SCAN =
      new PlanFragment.ScanRegion(REGION, 0, List.of("host", "ts", "val"), Optional.of(CALL));
  static final List<PlanFragment> FRAGMENTS =
      List.of(
          SCAN,
          new PlanFragment.ScanRegion(REGION, 7, List.of(), Optional.empty()),
          new PlanFragment.Filter(SCAN, CALL),
          new PlanFragment.Project(SCAN, EXPRS, List.of("a", "b", "c")),
          new PlanFragment.PartialAggregate(
              SCAN,
              List.of(0, 1),
              List.of(
                  new AggregateCall(
                      "sum",
                      List.of(2),
                      true,
                      OptionalInt.of(0),
                      List.of(new SortKey(1, true, false)),
                      DataType.FLOAT64),
                  new AggregateCall(
                      "count", List.of(), false, OptionalInt.empty(), List.of(), DataType.INT64))),
          new PlanFragment.TopN(SCAN, List.of(new SortKey(1, false, true)), 10),
          new PlanFragment.Limit(SCAN, 7));

  public static final List<ProcedureRequest> REQUESTS =
      List.of(
          new ProcedureRequest.CreateDatabase("shop", Map.of("ttl", "7d"), true),
          new ProcedureRequest.AlterDatabase("shop", Map.of("ttl", "7d"), List.of("append_mode")),
          new ProcedureRequest.DropDatabase("shop", true),
          new ProcedureRequest.CreateTable(
              TABLE_INFO.name(),
              TABLE_INFO.schema(),
              TABLE_INFO.partitionRule(),
              "mito",
              Map.of("a", "b"),
              "comment",
              true),
          new ProcedureRequest.DropTable(TABLE_INFO.name(), true),
          new ProcedureRequest.TruncateTable(TABLE_INFO.name()),
          new ProcedureRequest.AlterTable(4, TABLE_INFO),
          new ProcedureRequest.CreateView(
              new TableName("shop", "v"), "SELECT 1", "shop", List.of("one"), true, true),
          new ProcedureRequest.DropView(new TableName("shop", "v"), true),
          new ProcedureRequest.MigrateRegion(
              REGION, new NodeId(0), new NodeId(2), Duration.ofSeconds(60)),
          new ProcedureRequest.MigrateRegion(
              REGION,
              new NodeId(0),
              new NodeId(2),
              Duration.ofSeconds(60),
              MigrationReason.FAILOVER,
              "metasrv",
              new MigrationOptions(Optional.of(Duration.ofMillis(200)), true)),
          new ProcedureRequest.SetMaintenanceMode(true),
          new ProcedureRequest.SetDrained(new NodeId(0), true),
          new ProcedureRequest.SetMigrationLimit(3, 1 << 20),
          new ProcedureRequest.MigrateTable(TABLE_INFO.name(), new NodeId(2)));

  public static final ProcedureId PROCEDURE = new ProcedureId(new UUID(-1, 42));
  public static final List<ProcedureInfo> INFOS =
      List.of(
          new ProcedureInfo(
              PROCEDURE,
              "metasrv-procedure::RegionMigration",
              ProcedureStatus.FAILED,
              "Restore",
              Optional.of(ErrorCode.TIMED_OUT),
              Optional.of("replay took too long"),
              TIME,
              Optional.of(TIME.plusNanos(1)),
              List.of("table:1024:read"),
              12,
              Optional.of(
                  new MigrationInfo(
                      REGION,
                      TABLE_INFO.name(),
                      new NodeId(0),
                      new NodeId(2),
                      MigrationReason.UNDO,
                      "root@localhost",
                      List.of(
                          new MigrationStep("OpenCandidate", TIME, Optional.of(TIME.plusNanos(1))),
                          new MigrationStep("Restore", TIME.plusNanos(1), Optional.empty())),
                      7,
                      8,
                      9,
                      new ReplayWork(900, 800, 7),
                      1,
                      Optional.of("no answer"),
                      Optional.of(Duration.ofMillis(31)),
                      3,
                      Optional.of(new MigrationProgress(12, Optional.of(Duration.ofMillis(80)))),
                      Optional.of("3 rows agree")))),
          new ProcedureInfo(
              new ProcedureId(new UUID(1, 2)),
              "metasrv-procedure::CreateTable",
              ProcedureStatus.RUNNING,
              "Prepare",
              Optional.empty(),
              Optional.empty(),
              TIME,
              Optional.empty(),
              List.of(),
              0));

  public static final ProcedureRequest.MigrateRegion MOVE =
      new ProcedureRequest.MigrateRegion(
          REGION, new NodeId(0), new NodeId(2), Duration.ofSeconds(60));
  public static final MigrationPlan PLAN =
      new MigrationPlan(
          List.of(
              new MigrationPlan.Check("region exists", Optional.empty()),
              new MigrationPlan.Check("to_peer is alive", Optional.of("it is not"))),
          1,
          2,
          -1,
          Duration.ofMillis(3),
          Optional.of(Duration.ofMillis(4)));
  public static final RegionStat STAT =
      new RegionStat(
          REGION, EPOCH, RegionRole.DOWNGRADING, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  static final NodeInfo NODE =
      new NodeInfo(new NodeId(2), NodeRole.DATANODE, "h:1", "h", "0.1.0", "abc", 4, 1L << 33, TIME);
  public static final Heartbeat HEARTBEAT =
      new Heartbeat(
          NODE,
          99,
          List.of(STAT),
          List.of(new WriteStall(REGION, EPOCH, Duration.ofMillis(31), 2)));
  public static final HeartbeatReply HEARTBEAT_REPLY =
      new HeartbeatReply(
          99, List.of(new RegionLease(REGION, EPOCH, Duration.ofSeconds(9, 1))), INSTRUCTIONS);
  public static final ClusterView CLUSTER =
      new ClusterView(
          List.of(
              new NodeStatus(NODE, true, TIME, 3, 1),
              new NodeStatus(NODE, false, TIME, 3, 1, OptionalDouble.of(8.5))),
          Map.of(REGION, STAT),
          Map.of(new NodeId(2), List.of(STAT), new NodeId(3), List.of()),
          List.of(new LeaseStatus(REGION, new NodeId(2), EPOCH, Duration.ofMillis(900))),
          List.of(
              new MigrationTask(
                  MigrationReason.DRAIN, "2", Optional.empty(), 3, 1, Optional.of("no room")),
              new MigrationTask(
                  MigrationReason.TABLE,
                  "public.t",
                  Optional.of(new NodeId(0)),
                  2,
                  2,
                  Optional.empty())));

  private Samples() {}

  public static CatalogSnapshot catalog(long version) {
    return new CatalogSnapshot(
        version,
        Map.of("public", new DatabaseInfo("public", Map.of("a", "b"), TIME)),
        Map.of(TABLE, TABLE_INFO),
        Map.of(
            new TableId(1025),
            new ViewInfo(
                new TableId(1025),
                new TableName("public", "v"),
                "SELECT 1",
                "public",
                List.of("c"),
                TIME)),
        Map.of(
            TABLE,
            new TableRoute(
                TABLE,
                new RouteVersion(4),
                List.of(
                    new RegionRoute(
                        RegionId.of(TABLE, 0),
                        new NodeId(0),
                        EPOCH,
                        LeaderState.ALIVE,
                        Optional.empty(),
                        0),
                    new RegionRoute(
                        REGION,
                        new NodeId(2),
                        EPOCH,
                        LeaderState.DOWNGRADING,
                        Optional.of(TIME),
                        3)))));
  }

  private static TableSchema schema() {
    return new TableSchema(
        2,
        List.of(
            new ColumnSchema(
                    0, "host", DataType.STRING, false, SemanticType.TAG, Optional.empty(), "where")
                .withIndexes(
                    List.of(
                        new ColumnIndex(ColumnIndex.Kind.INVERTED, Map.of()),
                        new ColumnIndex(ColumnIndex.Kind.SKIPPING, Map.of("type", "BLOOM")))),
            new ColumnSchema(
                1,
                "ts",
                DataType.TIMESTAMP_MILLIS,
                false,
                SemanticType.TIMESTAMP,
                Optional.of(ColumnDefault.currentTimestamp()),
                ""),
            new ColumnSchema(
                4,
                "val",
                DataType.FLOAT64,
                true,
                SemanticType.FIELD,
                Optional.of(ColumnDefault.value(Datum.of(1.5))),
                "")),
        List.of("host"),
        Optional.of("ts"));
  }
}
