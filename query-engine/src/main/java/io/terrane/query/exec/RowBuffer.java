package io.terrane.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows that an operator keeps, copied into Arrow chunks of {@value #CHUNK_ROWS} rows and numbered
 * in the order of arrival from 0. One thread.
 */
final class RowBuffer implements AutoCloseable {
  private static final int CHUNK_SHIFT = 12;
  static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
  private static final int CHUNK_ROWS_MIN = 64;

  private final BufferAllocator allocator;
  private final Schema schema;
  private final List<VectorSchemaRoot> chunks = new ArrayList<>();
  private int rows;
  private FieldVector[][] columns;

  RowBuffer(BufferAllocator allocator, Schema schema) {
    this.allocator = allocator;
    this.schema = schema;
  }

  int rows() {
    return rows;
  }

  /** How many chunks hold them. */
  int chunks() {
    return chunks.size();
  }

  /** The rows of one chunk; stays this buffer's. */
  VectorSchemaRoot chunk(int index) {
    return chunks.get(index);
  }

  Schema schema() {
    return schema;
  }

  /** Copies all rows of a batch. */
  void append(VectorSchemaRoot batch) {
    append(batch, 0, batch.getRowCount());
  }

  /** Copies the rows of a batch from {@code from} to before {@code to}. */
  void append(VectorSchemaRoot batch, int from, int to) {
    for (int row = from; row < to; ) {
      row += append(batch, null, row, to);
    }
  }

  /** Copies the rows of a batch at the first {@code count} of {@code selected}. */
  void append(VectorSchemaRoot batch, int[] selected, int count) {
    for (int from = 0; from < count; ) {
      from += append(batch, selected, from, count);
    }
  }

  private int append(VectorSchemaRoot batch, int[] selected, int from, int to) {
    VectorSchemaRoot chunk = chunkWithRoom(to - from);
    int at = rows & (CHUNK_ROWS - 1);
    int count = Math.min(to - from, CHUNK_ROWS - at);
    for (int column = 0; column < schema.getFields().size(); column++) {
      Vectors.append(batch.getVector(column), selected, from, count, chunk.getVector(column), at);
    }
    chunk.setRowCount(at + count);
    rows = Math.addExact(rows, count);
    return count;
  }

  private VectorSchemaRoot chunkWithRoom(int expected) {
    if ((rows & (CHUNK_ROWS - 1)) != 0) {
      return chunks.get(chunks.size() - 1);
    }
    VectorSchemaRoot chunk = VectorSchemaRoot.create(schema, allocator);
    chunks.add(chunk);
    columns = null;
    int room = Math.max(CHUNK_ROWS_MIN, Math.min(expected, CHUNK_ROWS));
    for (FieldVector vector : chunk.getFieldVectors()) {
      vector.setInitialCapacity(room);
      vector.allocateNew();
    }
    return chunk;
  }

  /** Replaces {@code to} by the values of {@code column} in these rows; a negative row is NULL. */
  void gather(int column, int[] selected, int count, FieldVector to) {
    if (columns == null) {
      columns = new FieldVector[schema.getFields().size()][];
    }
    if (columns[column] == null) {
      columns[column] =
          chunks.stream().map(chunk -> chunk.getVector(column)).toArray(FieldVector[]::new);
    }
    Vectors.gather(columns[column], CHUNK_SHIFT, selected, count, to);
  }

  /** Replaces {@code to}, a root of the same schema, by these rows. */
  void gather(int[] selected, int count, VectorSchemaRoot to) {
    for (int column = 0; column < schema.getFields().size(); column++) {
      gather(column, selected, count, to.getVector(column));
    }
    to.setRowCount(count);
  }

  @Override
  public void close() {
    chunks.forEach(VectorSchemaRoot::close);
    chunks.clear();
    columns = null;
    rows = 0;
  }
}
