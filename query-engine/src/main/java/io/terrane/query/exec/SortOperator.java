package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows in order, from {@code offset}, at most {@code fetch}. Holds all rows; with a small fetch, a
 * multiple of what is asked for.
 */
public final class SortOperator extends Operator {
  private static final int PRUNE_ROWS_MIN = 16_384;

  private final BatchStream input;
  private final List<SortKey> keys;
  private final long offset;
  private final long needed;
  private final Batch batch;
  private final KeyEncoder encoder;
  private final SortedKeys sorted;
  private RowBuffer rows;
  private int[] order;
  private int given;

  /**
   * @param fetch -1 for all
   */
  public SortOperator(
      ExecutionContext context, BatchStream input, List<SortKey> keys, long offset, long fetch) {
    super(context, input.schema());
    this.input = input;
    this.keys = List.copyOf(keys);
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
    if (order == null) {
      while (needed > 0 && input.advance(this::take)) {
        context().checkCancelled();
      }
      order = sorted.sort();
      given = (int) Math.min(offset, order.length);
    }
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
    batch.load(root);
    Column[] columns = keys.stream().map(key -> batch.column(key.column())).toArray(Column[]::new);
    encoder.encode(columns, root.getRowCount());
    sorted.addAll(encoder, root.getRowCount());
    rows.append(root);
    if (rows.rows() > PRUNE_ROWS_MIN && rows.rows() / 4 > needed) {
      prune();
    }
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
    input.close();
  }
}
