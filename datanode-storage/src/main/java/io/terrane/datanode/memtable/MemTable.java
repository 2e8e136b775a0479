package io.terrane.datanode.memtable;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import io.terrane.datanode.row.RowSelection;
import io.terrane.datanode.scan.BatchCursor;
import io.terrane.datanode.scan.MergeCursor;
import io.terrane.datanode.scan.RowCursor;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows not yet in files: a few sorted batches. Immutable; {@link #plus} gives a new one, and merges
 * batches of like size as it goes, so that there are never more than a logarithm of them (the
 * logarithmic method of Bentley and Saxe, 1980). Each table holds a reference to each of its
 * batches until it is closed.
 */
public final class MemTable implements AutoCloseable {
  /** Batches of more rows are not merged again: the copy would cost more than it saves. */
  private static final int MERGED_ROWS_MAX = 1 << 16;

  private final RegionSchema schema;
  private final List<RowBatch> batches;

  private MemTable(RegionSchema schema, List<RowBatch> batches) {
    this.schema = schema;
    this.batches = List.copyOf(batches);
  }

  public static MemTable empty(RegionSchema schema) {
    return new MemTable(schema, List.of());
  }

  /** The same rows, with references of its own. */
  public MemTable share() {
    batches.forEach(RowBatch::retain);
    return new MemTable(schema, batches);
  }

  /**
   * These rows and {@code added}, whose reference it takes over, also when it fails for want of
   * memory.
   */
  public MemTable plus(RowBatch added, BufferAllocator allocator) {
    List<RowBatch> all = new ArrayList<>(batches);
    all.forEach(RowBatch::retain);
    all.add(added);
    try {
      while (shouldMerge(all)) {
        RowBatch second = all.get(all.size() - 1);
        RowBatch first = all.get(all.size() - 2);
        RowBatch merged = merge(first, second, allocator);
        all.subList(all.size() - 2, all.size()).clear();
        all.add(merged);
        first.release();
        second.release();
      }
    } catch (RuntimeException e) {
      all.forEach(RowBatch::release);
      throw e;
    }
    return new MemTable(schema, all);
  }

  private static boolean shouldMerge(List<RowBatch> all) {
    int size = all.size();
    if (size < 2) {
      return false;
    }
    int last = all.get(size - 1).rowCount();
    int beforeLast = all.get(size - 2).rowCount();
    return beforeLast < 2 * last && beforeLast + last <= MERGED_ROWS_MAX;
  }

  private RowBatch merge(RowBatch first, RowBatch second, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    List<RowCursor> cursors =
        List.of(new BatchCursor(first, projection), new BatchCursor(second, projection));
    RowSelection selection = new RowSelection();
    try (MergeCursor merge = new MergeCursor(cursors, projection, MergeCursor.Tombstones.KEPT)) {
      merge.fill(selection, Integer.MAX_VALUE);
      return RowBatch.ofSorted(selection.gather(projection, allocator), schema);
    }
  }

  /** The rows with a sequence above {@code sequence}, as a table of its own. */
  public MemTable newerThan(long sequence, BufferAllocator allocator) {
    List<RowBatch> kept = new ArrayList<>();
    for (RowBatch batch : batches) {
      if (batch.firstSequence() > sequence) {
        kept.add(batch.retain());
      } else if (batch.lastSequence() > sequence) {
        kept.add(batch.newerThan(sequence, schema, allocator));
      }
    }
    return new MemTable(schema, kept);
  }

  public List<RowBatch> batches() {
    return batches;
  }

  public boolean isEmpty() {
    return batches.isEmpty();
  }

  public long bytes() {
    return batches.stream().mapToLong(RowBatch::bytes).sum();
  }

  public long rows() {
    return batches.stream().mapToLong(RowBatch::rowCount).sum();
  }

  public long lastSequence() {
    return batches.stream().mapToLong(RowBatch::lastSequence).max().orElse(0);
  }

  @Override
  public void close() {
    batches.forEach(RowBatch::release);
  }
}
