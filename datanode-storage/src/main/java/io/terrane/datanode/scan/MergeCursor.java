package io.terrane.datanode.scan;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowOrder;
import io.terrane.datanode.row.RowSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;

/**
 * Merges cursors into one sequence in the region's order: a binary heap of cursors. Unless the
 * table keeps all rows, only the newest version of each key comes out. Where versions are merged
 * column by column, that happens with tombstones dropped only; else all versions come out. Not
 * thread-safe.
 */
public final class MergeCursor implements AutoCloseable {
  /** What becomes of rows that say "deleted". */
  public enum Tombstones {
    KEPT,
    DROPPED
  }

  /** So many times the rows wanted are passed over before what was found is given. */
  private static final int WALKED_BATCHES = 4;

  private final List<RowCursor> cursors;
  private final RowOrder order;
  private final boolean newestOnly;
  private final Optional<VersionMerge> versions;
  private final Tombstones tombstones;
  private final int opPlace;
  private final Optional<SeriesEnds> ends;
  private final RowCursor[] heap;
  private final List<RowCursor> ended = new ArrayList<>();
  private int size;
  private boolean started;

  /** Takes over the cursors. */
  public MergeCursor(List<RowCursor> cursors, Projection projection, Tombstones tombstones) {
    this(cursors, projection, tombstones, Optional.empty());
  }

  /** The same for a reader who needs only the last row of each series, tombstones dropped. */
  public MergeCursor(List<RowCursor> cursors, Projection projection, SeriesEnds ends) {
    this(cursors, projection, Tombstones.DROPPED, Optional.of(ends));
  }

  private MergeCursor(
      List<RowCursor> cursors,
      Projection projection,
      Tombstones tombstones,
      Optional<SeriesEnds> ends) {
    this.ends = ends;
    RegionSchema schema = projection.schema();
    this.cursors = List.copyOf(cursors);
    this.order = schema.keyOrder();
    this.newestOnly = schema.keepsNewestOnly();
    this.versions =
        schema.mergesColumns() && tombstones == Tombstones.DROPPED
            ? Optional.of(new VersionMerge(projection))
            : Optional.empty();
    this.tombstones = tombstones;
    this.opPlace = projection.opPlace();
    this.heap = new RowCursor[cursors.size()];
  }

  /**
   * Picks up to {@code max} next rows into {@code selection}; none when the end is reached. They
   * stay valid until {@link #releasePassed}.
   */
  public void fill(RowSelection selection, int max) {
    start();
    if (versions.isPresent()) {
      fillMerged(versions.get(), selection, max);
      return;
    }
    if (ends.isPresent()) {
      fillEnds(ends.get(), selection, max);
      return;
    }
    while (size > 0 && selection.size() < max) {
      FieldVector[] vectors = heap[0].vectors();
      int row = heap[0].row();
      int run = freeRun(Math.min(heap[0].run(), max - selection.size()));
      if (run > 1) {
        pick(selection, vectors, row, run);
        step(run);
      } else {
        pickOne(selection, vectors, row);
      }
    }
  }

  private void pickOne(RowSelection selection, FieldVector[] vectors, int row) {
    if (tombstones == Tombstones.KEPT || !isDelete(vectors, row)) {
      selection.add(vectors, row);
    }
    step(1);
    while (newestOnly
        && size > 0
        && order.compareKeys(vectors, row, heap[0].vectors(), heap[0].row()) == 0) {
      step(1);
    }
  }

  /**
   * Of stretches that no other cursor has a part in, only the last row of each series that is not
   * deleted; of what is interleaved all rows. Stops in time for batches to be released.
   */
  private void fillEnds(SeriesEnds series, RowSelection selection, int max) {
    int walked = 0;
    while (size > 0 && selection.size() < max) {
      if (walked > WALKED_BATCHES * max) {
        if (selection.size() > 0) {
          return;
        }
        releasePassed();
        walked = 0;
      }
      FieldVector[] vectors = heap[0].vectors();
      int row = heap[0].row();
      int run = freeRun(heap[0].run());
      if (run > 1) {
        int count = pickEnds(series, selection, vectors, row, run, max);
        walked += count;
        step(count);
      } else {
        walked++;
        pickOne(selection, vectors, row);
      }
    }
  }

  /** How many of the rows are done with: all, unless there are more series than are wanted now. */
  private int pickEnds(
      SeriesEnds series,
      RowSelection selection,
      FieldVector[] vectors,
      int first,
      int count,
      int max) {
    int to = first + count;
    int from = first;
    while (from < to && selection.size() < max) {
      int end = series.end(vectors, from, to);
      int last = end - 1;
      while (last >= from && isDelete(vectors, last)) {
        last--;
      }
      if (last >= from) {
        selection.add(vectors, last);
      }
      from = end;
    }
    return from - first;
  }

  /** A delete ends the versions of its key: what is older does not count. */
  private void fillMerged(VersionMerge merge, RowSelection selection, int max) {
    while (size > 0 && selection.size() < max) {
      FieldVector[] vectors = heap[0].vectors();
      int row = heap[0].row();
      boolean present = !isDelete(heap[0]);
      boolean ended = !present;
      merge.begin(vectors, row);
      step(1);
      while (size > 0 && order.compareKeys(vectors, row, heap[0].vectors(), heap[0].row()) == 0) {
        ended = ended || isDelete(heap[0]);
        if (!ended) {
          merge.addOlder(heap[0].vectors(), heap[0].row());
        }
        step(1);
      }
      if (present) {
        merge.pick(selection);
      }
    }
  }

  private boolean isDelete(RowCursor cursor) {
    return isDelete(cursor.vectors(), cursor.row());
  }

  private boolean isDelete(FieldVector[] vectors, int row) {
    return ((UInt1Vector) vectors[opPlace]).get(row) == RegionSchema.OP_DELETE;
  }

  /** How many of the next {@code most} rows of the first cursor come before all other cursors. */
  private int freeRun(int most) {
    if (size == 1 || most == 1) {
      return most;
    }
    RowCursor next = size == 2 || isBefore(heap[1], heap[2]) ? heap[1] : heap[2];
    // Mostly it is all or next to nothing.
    if (!isFree(most - 1, next)) {
      int low = 0;
      int high = 1;
      while (high < most - 1 && isFree(high, next)) {
        low = high;
        high *= 2;
      }
      high = Math.min(high, most - 1);
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (isFree(middle, next)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low + 1;
    }
    return most;
  }

  private boolean isFree(int ahead, RowCursor next) {
    RowCursor first = heap[0];
    return order.compareKeys(first.vectors(), first.row() + ahead, next.vectors(), next.row()) < 0;
  }

  private void pick(RowSelection selection, FieldVector[] vectors, int first, int count) {
    if (tombstones == Tombstones.KEPT) {
      selection.add(vectors, first, count);
      return;
    }
    ArrowBuf buffer = vectors[opPlace].getDataBuffer();
    buffer.checkBytes(first, first + count);
    long ops = buffer.memoryAddress();
    int from = first;
    for (int row = first; row < first + count; row++) {
      if (MemoryUtil.getByte(ops + row) == RegionSchema.OP_DELETE) {
        if (row > from) {
          selection.add(vectors, from, row - from);
        }
        from = row + 1;
      }
    }
    if (from < first + count) {
      selection.add(vectors, from, first + count - from);
    }
  }

  /** Frees what lies behind; rows picked earlier are no longer valid. */
  public void releasePassed() {
    for (int i = 0; i < size; i++) {
      heap[i].releasePassed();
    }
    ended.forEach(RowCursor::close);
    ended.clear();
    versions.ifPresent(VersionMerge::clear);
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    for (RowCursor cursor : cursors) {
      if (cursor.advance()) {
        heap[size++] = cursor;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  private void step(int rows) {
    if (!heap[0].advance(rows)) {
      ended.add(heap[0]);
      heap[0] = heap[--size];
      heap[size] = null;
    }
    siftDown(0);
  }

  private void siftDown(int from) {
    int parent = from;
    while (true) {
      int least = parent;
      for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < size; child++) {
        if (isBefore(heap[child], heap[least])) {
          least = child;
        }
      }
      if (least == parent) {
        return;
      }
      RowCursor moved = heap[parent];
      heap[parent] = heap[least];
      heap[least] = moved;
      parent = least;
    }
  }

  private boolean isBefore(RowCursor left, RowCursor right) {
    return order.compare(left.vectors(), left.row(), right.vectors(), right.row()) < 0;
  }

  @Override
  public void close() {
    cursors.forEach(RowCursor::close);
    versions.ifPresent(VersionMerge::close);
  }
}
