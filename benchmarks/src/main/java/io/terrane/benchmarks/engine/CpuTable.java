package io.terrane.benchmarks.engine;

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
import io.terrane.benchmarks.tsbs.CpuData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The table {@code cpu} with some of its tags and all of its metrics, and its rows as batches. One
 * thread.
 */
final class CpuTable {
  private final int tags;
  private final TableSchema schema;

  /**
   * @param tags how many of {@link CpuData#TAGS}; the first is the key
   */
  CpuTable(int tags) {
    this.tags = tags;
    List<ColumnSchema> columns = new ArrayList<>();
    for (String tag : CpuData.TAGS.subList(0, tags)) {
      boolean key = columns.isEmpty();
      add(columns, tag, DataType.STRING, key ? SemanticType.TAG : SemanticType.FIELD);
    }
    add(columns, "ts", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP);
    for (String metric : CpuData.METRICS) {
      add(columns, metric, DataType.FLOAT64, SemanticType.FIELD);
    }
    this.schema = new TableSchema(0, columns, List.of(CpuData.TAGS.get(0)), Optional.of("ts"));
  }

  private static void add(
      List<ColumnSchema> columns, String name, DataType type, SemanticType semantic) {
    boolean nullable = semantic == SemanticType.FIELD;
    columns.add(
        new ColumnSchema(columns.size() + 1, name, type, nullable, semantic, Optional.empty(), ""));
  }

  /** Region 0 of the table of this number. */
  RegionSpec region(int table) {
    TableInfo info =
        new TableInfo(
            new TableId(1024 + table),
            new TableName("public", "cpu_" + table),
            schema,
            PartitionRule.NONE,
            TableInfo.DEFAULT_ENGINE,
            Map.of(),
            "",
            Instant.EPOCH);
    return new RegionSpec(RegionId.of(info.id(), 0), info, 0);
  }

  int columns() {
    return schema.columns().size();
  }

  /** Gives all rows in batches, each to be closed by the taker. */
  void batches(
      CpuData data, int rows, BufferAllocator allocator, Consumer<VectorSchemaRoot> taker) {
    Schema arrow =
        new Schema(
            schema.columns().stream()
                .map(c -> c.type().arrowField(c.name(), c.nullable()))
                .toList());
    VectorSchemaRoot[] batch = {null};
    int[] filled = {0};
    data.forEach(
        (tagValues, time, metrics) -> {
          if (batch[0] == null) {
            batch[0] = VectorSchemaRoot.create(arrow, allocator);
            batch[0].getFieldVectors().forEach(vector -> vector.setInitialCapacity(rows));
            batch[0].allocateNew();
          }
          set(batch[0], filled[0]++, tagValues, time, metrics);
          if (filled[0] == rows) {
            pass(batch, filled, taker);
          }
        });
    if (filled[0] > 0) {
      pass(batch, filled, taker);
    }
  }

  private void set(VectorSchemaRoot batch, int row, String[] values, long time, int[] metrics) {
    for (int i = 0; i < tags; i++) {
      ((VarCharVector) batch.getVector(i)).setSafe(row, values[i].getBytes(StandardCharsets.UTF_8));
    }
    ((TimeStampMilliVector) batch.getVector(tags)).setSafe(row, time);
    for (int i = 0; i < metrics.length; i++) {
      ((Float8Vector) batch.getVector(tags + 1 + i)).setSafe(row, metrics[i]);
    }
  }

  private static void pass(
      VectorSchemaRoot[] batch, int[] filled, Consumer<VectorSchemaRoot> taker) {
    VectorSchemaRoot full = batch[0];
    full.setRowCount(filled[0]);
    batch[0] = null;
    filled[0] = 0;
    taker.accept(full);
  }
}
