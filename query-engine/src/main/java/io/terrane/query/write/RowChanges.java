package io.terrane.query.write;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.PlanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Deletes and puts of one statement on their way, chunk by chunk; in each the deletes go first. One
 * thread.
 */
final class RowChanges {
  private final TableInfo table;
  private final List<ColumnSchema> found;
  private final RegionWriter writer;
  private final WriteIds ids;
  private final PlanContext scope;
  private final ExecutionContext context;
  private final Assignment assignment;
  private final List<List<Datum>> deletes = new ArrayList<>();
  private final List<List<Datum>> puts = new ArrayList<>();
  private final WriteChunk chunk = new WriteChunk();
  private long count;

  /**
   * @param found columns of rows to delete: the key's, then others that the partition rule reads
   */
  RowChanges(
      TableInfo table,
      List<ColumnSchema> found,
      RegionWriter writer,
      WriteIds ids,
      PlanContext scope,
      ExecutionContext context) {
    this.table = table;
    this.found = found;
    this.writer = writer;
    this.ids = ids;
    this.scope = scope;
    this.context = context;
    this.assignment = new Assignment(context);
  }

  void delete(List<Datum> row) {
    deletes.add(row);
    chunk.add(row);
  }

  void put(List<Datum> row) {
    List<ColumnSchema> columns = table.schema().columns();
    List<Datum> converted = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      converted.add(assignment.convert(row.get(i), columns.get(i), count + 1));
    }
    puts.add(converted);
    chunk.add(converted);
  }

  /** One row of the table is changed. */
  void counted() {
    count++;
    if (chunk.isFull()) {
      flush();
    }
  }

  /** Rows of the table that were changed. */
  long count() {
    return count;
  }

  void flush() {
    int keys = table.schema().keyColumns().size();
    Map<RegionId, List<List<Datum>>> keysByRegion = new TreeMap<>();
    new RowRouter(table, found)
        .split(deletes)
        .forEach(
            (region, rows) ->
                keysByRegion.put(region, rows.stream().map(row -> row.subList(0, keys)).toList()));
    write(keysByRegion, table.schema().keyColumns(), WriteMode.DELETE);
    List<ColumnSchema> columns = table.schema().columns();
    write(new RowRouter(table, columns).split(puts), columns, WriteMode.UPSERT);
    deletes.clear();
    puts.clear();
    chunk.clear();
  }

  private void write(
      Map<RegionId, List<List<Datum>>> rows, List<ColumnSchema> columns, WriteMode mode) {
    Map<RegionId, VectorSchemaRoot> batches = new TreeMap<>();
    try {
      rows.forEach(
          (region, part) -> batches.put(region, RowBatches.of(columns, part, context.allocator())));
      writer.write(context, scope.catalog(), batches, mode, ids);
    } finally {
      batches.values().forEach(VectorSchemaRoot::close);
    }
  }
}
