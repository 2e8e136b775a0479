package io.terrane.datanode.memtable;

import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows not yet in files: a few sorted batches. Immutable; {@link #plus} gives a new one, and merges
 * eight batches of like size as it goes, so that there are never more than some times a logarithm
 * of them (the logarithmic method of Bentley and Saxe, 1980, with a wider fan). Each table holds a
 * reference to each of its batches until it is closed.
 */
public final class MemTable implements AutoCloseable {
  /** Batches of more rows are not merged again: the copy would cost more than it saves. */
  private static final int MERGED_ROWS_MAX = 1 << 17;

  /** As many batches of like size become one: each row is copied once for each power of this. */
  private static final int FAN_IN = 8;

  private static final int FAN_IN_BITS = 3;

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
      for (int like = lastOfLikeSize(all); like >= FAN_IN; like = lastOfLikeSize(all)) {
        List<RowBatch> last = all.subList(all.size() - like, all.size());
        RowBatch merged = RowBatch.merge(last, schema, allocator);
        last.forEach(RowBatch::release);
        last.clear();
        all.add(merged);
      }
    } catch (RuntimeException e) {
      all.forEach(RowBatch::release);
      throw e;
    }
    return new MemTable(schema, all);
  }

  /** How many of the last batches are no larger in kind than the very last, and may be merged. */
  private static int lastOfLikeSize(List<RowBatch> all) {
    int tier = tier(all.get(all.size() - 1));
    int count = 0;
    long rows = 0;
    for (int i = all.size() - 1; i >= 0 && tier(all.get(i)) <= tier; i--) {
      rows += all.get(i).rowCount();
      if (rows > MERGED_ROWS_MAX) {
        break;
      }
      count++;
    }
    return count;
  }

  /** The number of times that the rows can be divided by {@link #FAN_IN}. */
  private static int tier(RowBatch batch) {
    return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(batch.rowCount() | 1)) / FAN_IN_BITS;
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

  /** The same rows in the layout of a later schema, as a table of its own. */
  public MemTable under(RegionSchema later, BufferAllocator allocator) {
    List<RowBatch> converted = new ArrayList<>();
    try {
      batches.forEach(batch -> converted.add(batch.under(later, allocator)));
      return new MemTable(later, converted);
    } catch (RuntimeException e) {
      converted.forEach(RowBatch::release);
      throw e;
    }
  }

  public RegionSchema schema() {
    return schema;
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
