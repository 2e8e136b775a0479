package io.terrane.meta.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
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
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Old bytes are read, and the same bytes are written. */
class GoldenFormatTest {
  private static final Instant T = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final TableId TABLE = new TableId(1024);
  private static final ProcedureId PROCEDURE =
      new ProcedureId(UUID.fromString("00000000-0000-4000-8000-000000000001"));

  @Test
  void aBatchWithEveryRequirementAndEveryChange() throws IOException {
    assertThat(batch().edits().get(0).requirements())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactlyInAnyOrderElementsOf(cases(Requirement.class));
    assertThat(batch().edits().get(0).changes())
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactlyInAnyOrderElementsOf(cases(Change.class));
    byte[] golden = golden("metadata-batch-v1.json");
    assertThat(new String(EditCodec.encode(batch()), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(EditCodec.decode(golden)).isEqualTo(batch());
  }

  @Test
  void anImage() throws IOException {
    MetadataEdit edit =
        new MetadataEdit(
            List.of(),
            batch().edits().get(0).changes().stream()
                .filter(change -> !change.type().matches("(drop|forget).*"))
                .toList());
    MetadataImage image =
        MetadataImage.EMPTY.after(new MetadataBatch("w", 5, List.of(edit)), 17).image();
    byte[] golden = golden("metadata-image-v1.json");
    assertThat(new String(ImageCodec.encode(image), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(ImageCodec.encode(ImageCodec.decode(golden))).isEqualTo(golden);
  }

  private static List<String> cases(Class<?> sealedType) {
    return Arrays.stream(sealedType.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }

  private static MetadataBatch batch() {
    MetadataEdit edit =
        new MetadataEdit(
            List.of(
                new Requirement.TermIs(12),
                new Requirement.RouteVersionIs(TABLE, new RouteVersion(7)),
                new Requirement.NameIsFree(new TableName("public", "cpu")),
                new Requirement.DatabaseExists("public"),
                new Requirement.DatabaseIsAbsent("metrics"),
                new Requirement.ProcedureAt(PROCEDURE, 3)),
            List.of(
                new Change.TakeLeadership(12, "w"),
                new Change.PutDatabase(new DatabaseInfo("public", Map.of("ttl", "7d"), T)),
                new Change.DropDatabase("metrics"),
                new Change.PutTable(table()),
                new Change.DropTable(new TableId(1030)),
                new Change.PutView(
                    new ViewInfo(
                        new TableId(1025),
                        new TableName("public", "v"),
                        "select 1",
                        "public",
                        List.of("one"),
                        T)),
                new Change.DropView(new TableId(1031)),
                new Change.PutRoute(route()),
                new Change.ReserveNumbers(1, 3),
                new Change.PutNode(
                    new NodeInfo(
                        new NodeId(1),
                        NodeRole.DATANODE,
                        "n1:7001",
                        "host",
                        "0.1.0",
                        "abc",
                        2,
                        1L << 34,
                        T)),
                new Change.PutProcedure(procedure()),
                new Change.PutSettings(
                    new ClusterSettings(
                        true,
                        Set.of(new NodeId(3), new NodeId(2)),
                        OptionalInt.of(4),
                        0,
                        Map.of(new TableId(1024), new NodeId(1)))),
                new Change.ForgetProcedure(PROCEDURE)));
    return new MetadataBatch("w", 5, List.of(edit));
  }

  private static ProcedureRecord procedure() {
    return new ProcedureRecord(
        PROCEDURE,
        "metasrv-procedure::CreateTable",
        "key",
        4,
        ProcedureStatus.FAILED,
        "DropRegions",
        MetadataJson.object().put("step", "DropRegions"),
        List.of("table public.cpu:write"),
        List.of(new RegionClaim(new RegionId(4398046511104L), new NodeId(1))),
        Optional.of(ErrorCode.NODE_UNREACHABLE),
        Optional.of("datanode 1 is unreachable"),
        T,
        Optional.of(T.plusSeconds(1)),
        0);
  }

  private static TableRoute route() {
    return new TableRoute(
        TABLE,
        new RouteVersion(7),
        List.of(
            new RegionRoute(
                RegionId.of(TABLE, 0),
                new NodeId(1),
                new RegionEpoch(3),
                LeaderState.ALIVE,
                Optional.empty(),
                5),
            new RegionRoute(
                RegionId.of(TABLE, 1),
                new NodeId(2),
                new RegionEpoch(1),
                LeaderState.DOWNGRADING,
                Optional.of(T),
                6)));
  }

  private static TableInfo table() {
    TableSchema schema =
        new TableSchema(
            2,
            List.of(
                column(1, "host", DataType.STRING, SemanticType.TAG, Optional.empty()),
                column(
                    2,
                    "ts",
                    DataType.TIMESTAMP_MILLIS,
                    SemanticType.TIMESTAMP,
                    Optional.of(ColumnDefault.currentTimestamp())),
                column(
                    3,
                    "price",
                    DataType.decimal(10, 2),
                    SemanticType.FIELD,
                    Optional.of(
                        ColumnDefault.value(
                            new Datum(DataType.decimal(10, 2), new BigDecimal("1.50")))))),
            List.of("host"),
            Optional.of("ts"));
    PartitionExpr low =
        new PartitionExpr.And(
            new PartitionExpr.Compare("host", PartitionExpr.Op.GE, Datum.of("a")),
            new PartitionExpr.Compare("host", PartitionExpr.Op.LT, Datum.of("m")));
    PartitionExpr high =
        new PartitionExpr.Or(
            new PartitionExpr.Compare("host", PartitionExpr.Op.GE, Datum.of("m")),
            new PartitionExpr.Compare("host", PartitionExpr.Op.LT, Datum.of("a")));
    return new TableInfo(
        TABLE,
        new TableName("public", "cpu"),
        schema,
        new PartitionRule(
            List.of("host"),
            List.of(
                new PartitionRule.Bound("host >= 'a' AND host < 'm'", low),
                new PartitionRule.Bound("host >= 'm' OR host < 'a'", high))),
        TableInfo.DEFAULT_ENGINE,
        Map.of("append_mode", "true"),
        "a comment",
        T);
  }

  private static ColumnSchema column(
      int id, String name, DataType type, SemanticType semantic, Optional<ColumnDefault> value) {
    return new ColumnSchema(id, name, type, false, semantic, value, "");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFormatTest.class.getResourceAsStream("/golden/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
