package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.spill.SpillFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows in order, from {@code offset}, at most {@code fetch}. Holds all rows; with a small fetch, a
 * multiple of what is asked for. When memory gets tight, what it holds goes to disk in order, and
 * such runs are merged in the end.
 */
public final class SortOperator extends Operator {
  private static final int PRUNE_ROWS_MIN = 16_384;
  private static final int RUN_BATCH_ROWS = 512;
  private static final int RUNS_MAX = 16;

  private final BatchStream input;
  private final List<SortKey> keys;
  private final long offset;
  private final long needed;
  private final Batch batch;
  private final KeyEncoder encoder;
  private final SortedKeys sorted;
  private final List<SpillFile> runs = new ArrayList<>();
  private final MemoryWatch memory;
  private RowBuffer rows;
  private int[] order;
  private int given;
  private RunMerge merge;
  private long mergeLeft;

  /**
   * @param fetch -1 for all
   */
  public SortOperator(
      ExecutionContext context, BatchStream input, List<SortKey> keys, long offset, long fetch) {
    super(context, input.schema());
    this.input = input;
    this.keys = List.copyOf(keys);
    this.memory = new MemoryWatch(context);
    this.offset = offset;
    this.needed = fetch < 0 || offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch;
    List<DataType> types = Batch.typesOf(input.schema());
    this.batch = new Batch(types);
    this.encoder =
        KeyEncoder.ordered(keys.stream().map(key -> types.get(key.column())).toList(), keys);
    this.sorted = new SortedKeys(new MemoryAccount(context.allocator()));
    this.rows = new RowBuffer(context.allocator(), input.schema());
  }

  @Override
  boolean next(BatchSink sink) {
    if (order == null && merge == null) {
      while (needed > 0 && input.advance(this::take)) {
        context().checkCancelled();
      }
      if (!runs.isEmpty()) {
        startMerge();
      } else {
        order = sorted.sort();
        given = (int) Math.min(offset, order.length);
      }
    }
    return merge == null ? giveHeld(sink) : giveMerged(sink);
  }

  private boolean giveHeld(BatchSink sink) {
    int end = (int) Math.min(needed, order.length);
    int count = Math.min(context().batchRows(), end - given);
    if (count <= 0) {
      return false;
    }
    rows.gather(Arrays.copyOfRange(order, given, given + count), count, output());
    given += count;
    sink.accept(output());
    return true;
  }

  private void take(VectorSchemaRoot root) {
    memory.begin();
    batch.load(root);
    Column[] columns = keys.stream().map(key -> batch.column(key.column())).toArray(Column[]::new);
    encoder.encode(columns, root.getRowCount());
    sorted.addAll(encoder, root.getRowCount());
    rows.append(root);
    if (rows.rows() > PRUNE_ROWS_MIN && rows.rows() / 4 > needed) {
      prune();
    }
    if (memory.isTight()) {
      spill();
    }
  }

  /** Puts what is held on disk as one more run; several runs become one when there are many. */
  private void spill() {
    int[] sortedRows = sorted.sort();
    int count = (int) Math.min(needed, sortedRows.length);
    SpillFile run = context().spill().create(input.schema());
    runs.add(run);
    for (int from = 0; from < count; from += RUN_BATCH_ROWS) {
      int to = Math.min(count, from + RUN_BATCH_ROWS);
      rows.gather(Arrays.copyOfRange(sortedRows, from, to), to - from, output());
      run.append(output());
    }
    rows.close();
    sorted.clear();
    if (runs.size() == RUNS_MAX) {
      SpillFile all = context().spill().create(input.schema());
      List<SpillFile> several = takeRuns();
      runs.add(all);
      try (RunMerge earlier = new RunMerge(context(), keys, several)) {
        while (earlier.take(rows, RUN_BATCH_ROWS) > 0) {
          context().checkCancelled();
          all.append(rows.chunk(0));
          rows.close();
        }
      }
    }
  }

  private List<SpillFile> takeRuns() {
    List<SpillFile> all = List.copyOf(runs);
    runs.clear();
    return all;
  }

  private void startMerge() {
    if (rows.rows() > 0) {
      spill();
    }
    merge = new RunMerge(context(), keys, takeRuns());
    mergeLeft = needed - offset;
    long skipped = 0;
    while (skipped < offset) {
      int more = merge.skip((int) Math.min(offset - skipped, Integer.MAX_VALUE));
      if (more == 0) {
        return;
      }
      skipped += more;
    }
  }

  private boolean giveMerged(BatchSink sink) {
    rows.close();
    int most = Math.min(context().batchRows(), RowBuffer.CHUNK_ROWS);
    int count = merge.take(rows, (int) Math.min(mergeLeft, most));
    if (count == 0) {
      return false;
    }
    mergeLeft -= count;
    sink.accept(rows.chunk(0));
    return true;
  }

  private void prune() {
    int[] best = sorted.sort();
    int count = (int) needed;
    RowBuffer kept = new RowBuffer(context().allocator(), input.schema());
    try {
      for (int from = 0; from < count; from += RowBuffer.CHUNK_ROWS) {
        int to = Math.min(count, from + RowBuffer.CHUNK_ROWS);
        rows.gather(Arrays.copyOfRange(best, from, to), to - from, output());
        kept.append(output());
      }
    } catch (RuntimeException failed) {
      kept.close();
      throw failed;
    }
    rows.close();
    rows = kept;
    sorted.retain(best, count);
  }

  @Override
  void release() {
    sorted.close();
    rows.close();
    runs.forEach(SpillFile::close);
    if (merge != null) {
      merge.close();
    }
    input.close();
  }
}
