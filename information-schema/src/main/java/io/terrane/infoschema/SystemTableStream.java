package io.terrane.infoschema;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Lends the rows of a system table in batches of at most {@link #BATCH_ROWS_MAX}. */
final class SystemTableStream<R> implements BatchStream {

  static final int BATCH_ROWS_MAX = 1024;

  private final List<SystemColumn<R>> columns;
  private final List<R> rows;
  private final VectorSchemaRoot batch;
  private int next;

  SystemTableStream(List<SystemColumn<R>> columns, List<R> rows, BufferAllocator allocator) {
    this.columns = columns;
    this.rows = rows;
    List<Field> fields =
        columns.stream()
            .map(SystemColumn::schema)
            .map(column -> column.type().arrowField(column.name(), column.nullable()))
            .toList();
    this.batch = VectorSchemaRoot.create(new Schema(fields), allocator);
  }

  @Override
  public Schema schema() {
    return batch.getSchema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    if (next >= rows.size()) {
      return false;
    }
    int end = Math.min(rows.size(), next + BATCH_ROWS_MAX);
    fill(rows.subList(next, end));
    next = end;
    sink.accept(batch);
    return true;
  }

  @Override
  public void close() {
    next = rows.size();
    batch.close();
  }

  private void fill(List<R> chunk) {
    try {
      batch.clear();
      for (int i = 0; i < columns.size(); i++) {
        batch.getVector(i).setInitialCapacity(chunk.size());
        columns.get(i).fill(batch.getVector(i), chunk);
      }
      batch.setRowCount(chunk.size());
    } catch (OutOfMemoryException exceeded) {
      throw new TerraneException(
          ErrorCode.QUERY_MEMORY_EXCEEDED,
          "read " + chunk.size() + " rows of a system table: " + exceeded.getMessage(),
          exceeded);
    }
  }
}
