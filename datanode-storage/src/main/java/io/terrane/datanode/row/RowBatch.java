package io.terrane.datanode.row;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.util.MemoryUtil;
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
    sequences.getDataBuffer().checkBytes(0, (long) rows.getRowCount() * Long.BYTES);
    long address = sequences.getDataBufferAddress();
    for (int i = 0; i < rows.getRowCount(); i++) {
      long sequence = MemoryUtil.getLong(address + (long) i * Long.BYTES);
      first = Math.min(first, sequence);
      last = Math.max(last, sequence);
    }
    this.firstSequence = first;
    this.lastSequence = last;
    this.bytes = allocated(rows);
  }

  /** What the allocator gave for the rows; buffers of a vector may share a piece of it. */
  private static long allocated(VectorSchemaRoot rows) {
    Set<ReferenceManager> pieces = Collections.newSetFromMap(new IdentityHashMap<>());
    long sum = 0;
    for (FieldVector vector : rows.getFieldVectors()) {
      for (ArrowBuf buffer : vector.getBuffers(false)) {
        if (pieces.add(buffer.getReferenceManager())) {
          sum += buffer.getReferenceManager().getSize();
        }
      }
    }
    return sum;
  }

  /**
   * A sorted copy of {@code rows}, older versions of a key left out unless the table keeps them.
   */
  public static RowBatch sort(
      VectorSchemaRoot rows, RegionSchema schema, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    List<FieldVector[]> only = Collections.singletonList(projection.layout(rows));
    return sort(only, new int[] {rows.getRowCount()}, projection, allocator);
  }

  /** The rows of several batches as one, likewise. */
  public static RowBatch merge(
      List<RowBatch> batches, RegionSchema schema, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    List<FieldVector[]> vectors = batches.stream().map(b -> projection.layout(b.rows)).toList();
    int[] counts = batches.stream().mapToInt(RowBatch::rowCount).toArray();
    return sort(vectors, counts, projection, allocator);
  }

  private static RowBatch sort(
      List<FieldVector[]> batches, int[] counts, Projection projection, BufferAllocator allocator) {
    RowSelection selection = new RowSelection();
    new RowSort(projection.schema(), batches, counts).pick(selection);
    return new RowBatch(selection.gather(projection, allocator), projection.schema());
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

  /** A copy of the rows in the layout of a later schema, which orders them alike. */
  public RowBatch under(RegionSchema schema, BufferAllocator allocator) {
    VectorSchemaRoot copy = VectorSchemaRoot.create(schema.rowSchema(), allocator);
    try (VectorSchemaRoot slice = rows.slice(0, rows.getRowCount())) {
      StoredColumn.moveAll(slice, schema, copy);
      return new RowBatch(copy, schema);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
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
