package io.terrane.datanode;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables that tests share. */
public final class TestTables {
  private TestTables() {}

  public static ColumnSchema column(int id, String name, DataType type, SemanticType semantic) {
    boolean nullable = semantic == SemanticType.FIELD;
    return new ColumnSchema(id, name, type, nullable, semantic, Optional.empty(), "");
  }

  /** (host STRING, ts TIMESTAMP(3), value INT64), keyed by host and ts. */
  public static TableInfo series(Map<String, String> options) {
    return table(
        List.of(
            column(1, "value", DataType.INT64, SemanticType.FIELD),
            column(2, "host", DataType.STRING, SemanticType.TAG),
            column(3, "ts", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP)),
        List.of("host"),
        Optional.of("ts"),
        options);
  }

  /** (id INT64, value INT64), keyed by id. */
  public static TableInfo keyed() {
    return table(
        List.of(
            column(1, "id", DataType.INT64, SemanticType.TAG),
            column(2, "value", DataType.INT64, SemanticType.FIELD)),
        List.of("id"),
        Optional.empty(),
        Map.of());
  }

  /** (value INT64) without a key. */
  public static TableInfo keyless() {
    return table(
        List.of(column(1, "value", DataType.INT64, SemanticType.FIELD)),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  public static TableInfo table(
      List<ColumnSchema> columns,
      List<String> primaryKey,
      Optional<String> timeIndex,
      Map<String, String> options) {
    return new TableInfo(
        new TableId(1024),
        new TableName("public", "t"),
        new TableSchema(0, columns, primaryKey, timeIndex),
        PartitionRule.NONE,
        TableInfo.DEFAULT_ENGINE,
        options,
        "",
        Instant.EPOCH);
  }

  public static RegionSpec spec(TableInfo table) {
    return new RegionSpec(RegionId.of(table.id(), 0), table, 0);
  }
}
