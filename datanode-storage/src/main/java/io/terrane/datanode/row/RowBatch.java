package io.terrane.datanode.row;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows in the region's order, in memory, immutable and counted: whoever keeps it retains it, the
 * last release frees the memory. Thread-safe.
 */
public final class RowBatch {
  private final VectorSchemaRoot rows;
  private final long firstSequence;
  private final long lastSequence;
  private final long bytes;
  private final AtomicInteger references = new AtomicInteger(1);

  private RowBatch(VectorSchemaRoot rows, RegionSchema schema) {
    this.rows = rows;
    UInt8Vector sequences = (UInt8Vector) rows.getVector(schema.sequenceIndex());
    long first = Long.MAX_VALUE;
    long last = 0;
    for (int i = 0; i < rows.getRowCount(); i++) {
      first = Math.min(first, sequences.get(i));
      last = Math.max(last, sequences.get(i));
    }
    this.firstSequence = first;
    this.lastSequence = last;
    long sum = 0;
    for (FieldVector vector : rows.getFieldVectors()) {
      sum += Arrays.stream(vector.getBuffers(false)).mapToLong(buffer -> buffer.capacity()).sum();
    }
    this.bytes = sum;
  }

  /** Takes over rows that are in order already. */
  public static RowBatch ofSorted(VectorSchemaRoot rows, RegionSchema schema) {
    return new RowBatch(rows, schema);
  }

  /**
   * A sorted copy of {@code rows}, older versions of a key left out unless the table keeps them.
   */
  public static RowBatch sort(
      VectorSchemaRoot rows, RegionSchema schema, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    RowOrder order = schema.keyOrder();
    FieldVector[] vectors = projection.layout(rows);
    int count = rows.getRowCount();
    Integer[] permutation = new Integer[count];
    Arrays.setAll(permutation, i -> i);
    Arrays.sort(permutation, (i, j) -> order.compare(vectors, i, vectors, j));
    RowSelection selection = new RowSelection();
    for (int i = 0; i < count; i++) {
      boolean shadowed =
          schema.keepsNewestOnly()
              && i > 0
              && order.compareKeys(vectors, permutation[i - 1], vectors, permutation[i]) == 0;
      if (!shadowed) {
        selection.add(vectors, permutation[i]);
      }
    }
    return new RowBatch(selection.gather(projection, allocator), schema);
  }

  /** A copy of the rows with a sequence above {@code sequence}. */
  public RowBatch newerThan(long sequence, RegionSchema schema, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    FieldVector[] vectors = projection.layout(rows);
    UInt8Vector sequences = (UInt8Vector) rows.getVector(schema.sequenceIndex());
    RowSelection selection = new RowSelection();
    for (int i = 0; i < rowCount(); i++) {
      if (sequences.get(i) > sequence) {
        selection.add(vectors, i);
      }
    }
    return new RowBatch(selection.gather(projection, allocator), schema);
  }

  public VectorSchemaRoot rows() {
    return rows;
  }

  public int rowCount() {
    return rows.getRowCount();
  }

  /** Lowest sequence of a row; above {@link #lastSequence} when the batch is empty. */
  public long firstSequence() {
    return firstSequence;
  }

  public long lastSequence() {
    return lastSequence;
  }

  /** Arrow memory held. */
  public long bytes() {
    return bytes;
  }

  public RowBatch retain() {
    if (references.getAndIncrement() <= 0) {
      throw new IllegalStateException("a freed batch is retained");
    }
    return this;
  }

  public void release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      rows.close();
    } else if (left < 0) {
      throw new IllegalStateException("a batch is released too often");
    }
  }
}
