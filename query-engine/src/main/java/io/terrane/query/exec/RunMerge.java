package io.terrane.query.exec;

import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.spill.SpillFile;
import io.terrane.query.spill.SpillReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges sorted files, which it frees as they end. Of equal rows those of an earlier file come
 * first. One thread.
 */
final class RunMerge implements AutoCloseable {
  private final List<SortKey> keys;
  private final List<SpillFile> waiting;
  private final List<Cursor> open = new ArrayList<>();
  private final PriorityQueue<Cursor> next = new PriorityQueue<>();

  RunMerge(ExecutionContext context, List<SortKey> keys, List<SpillFile> runs) {
    this.keys = keys;
    this.waiting = new ArrayList<>(runs);
    try {
      for (int number = 0; !waiting.isEmpty(); number++) {
        Cursor cursor = new Cursor(number, waiting.get(0).read(context.allocator()));
        waiting.remove(0);
        open.add(cursor);
        if (cursor.load()) {
          next.add(cursor);
        }
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private final class Cursor implements Comparable<Cursor> {
    private final int number;
    private final SpillReader reader;
    private final Batch batch;
    private final KeyEncoder encoder;
    private int row;
    private int count;

    Cursor(int number, SpillReader reader) {
      this.number = number;
      this.reader = reader;
      List<DataType> types = Batch.typesOf(reader.schema());
      this.batch = new Batch(types);
      this.encoder =
          KeyEncoder.ordered(keys.stream().map(key -> types.get(key.column())).toList(), keys);
    }

    /** Goes to the next batch that has rows; false at the end. */
    boolean load() {
      do {
        if (!reader.next()) {
          reader.close();
          open.remove(this);
          return false;
        }
        batch.load(reader.rows());
        count = reader.rows().getRowCount();
      } while (count == 0);
      encoder.encode(
          keys.stream().map(key -> batch.column(key.column())).toArray(Column[]::new), count);
      row = 0;
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      int order =
          Arrays.compareUnsigned(
              encoder.data(),
              encoder.start(row),
              encoder.end(row),
              other.encoder.data(),
              other.encoder.start(other.row),
              other.encoder.end(other.row));
      return order != 0 ? order : Integer.compare(number, other.number);
    }
  }

  /** Appends the next rows, at most {@code max}; says how many. */
  int take(RowBuffer to, int max) {
    return go(to, max);
  }

  /** Leaves out the next rows, at most {@code max}; says how many. */
  int skip(int max) {
    return go(null, max);
  }

  private int go(RowBuffer to, int max) {
    int taken = 0;
    while (taken < max && !next.isEmpty()) {
      Cursor cursor = next.poll();
      int first = cursor.row;
      do {
        cursor.row++;
        taken++;
      } while (taken < max
          && cursor.row < cursor.count
          && (next.isEmpty() || cursor.compareTo(next.peek()) < 0));
      if (to != null) {
        to.append(cursor.reader.rows(), first, cursor.row);
      }
      if (cursor.row < cursor.count || cursor.load()) {
        next.add(cursor);
      }
    }
    return taken;
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(cursor -> cursor.reader.close());
    open.clear();
    next.clear();
    waiting.forEach(SpillFile::close);
    waiting.clear();
  }
}
