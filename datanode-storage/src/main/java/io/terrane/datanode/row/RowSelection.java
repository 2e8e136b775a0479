package io.terrane.datanode.row;

import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows picked from several batches, in the order in which they are to be copied. The batches must
 * stay alive until {@link #gather} has run. Not thread-safe.
 */
public final class RowSelection {
  private FieldVector[][] sources;
  private int[] rows;
  private int size;

  public RowSelection(int capacity) {
    this.sources = new FieldVector[Math.max(1, capacity)][];
    this.rows = new int[Math.max(1, capacity)];
  }

  public void add(FieldVector[] source, int row) {
    if (size == rows.length) {
      sources = Arrays.copyOf(sources, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
    }
    sources[size] = source;
    rows[size++] = row;
  }

  public int size() {
    return size;
  }

  public FieldVector[] source(int i) {
    return sources[i];
  }

  public int row(int i) {
    return rows[i];
  }

  public void clear() {
    Arrays.fill(sources, 0, size, null);
    size = 0;
  }

  /** Copies the output columns of the picked rows into a new batch, which the caller closes. */
  public VectorSchemaRoot gather(Projection projection, BufferAllocator allocator) {
    Schema schema = projection.outputSchema();
    VectorSchemaRoot target = VectorSchemaRoot.create(schema, allocator);
    try {
      for (int i = 0; i < schema.getFields().size(); i++) {
        copyColumn(projection.output(i), target.getVector(i));
      }
      target.setRowCount(size);
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private void copyColumn(int place, FieldVector target) {
    target.setInitialCapacity(Math.max(1, size));
    for (int i = 0; i < size; i++) {
      target.copyFromSafe(rows[i], i, sources[i][place]);
    }
    target.setValueCount(size);
  }
}
