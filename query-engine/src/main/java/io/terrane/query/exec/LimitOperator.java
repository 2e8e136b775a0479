package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Skips rows, then passes on a number of them, and reads no further. */
public final class LimitOperator extends Operator {
  private final BatchStream input;
  private long skip;
  private long left;

  /**
   * @param fetch -1 for all
   */
  public LimitOperator(ExecutionContext context, BatchStream input, long offset, long fetch) {
    super(context, input.schema());
    this.input = input;
    this.skip = offset;
    this.left = fetch < 0 ? Long.MAX_VALUE : fetch;
  }

  @Override
  boolean next(BatchSink sink) {
    boolean[] given = {false};
    while (!given[0] && left > 0 && input.advance(rows -> given[0] = slice(rows, sink))) {
      context().checkCancelled();
    }
    return given[0];
  }

  private boolean slice(VectorSchemaRoot rows, BatchSink sink) {
    int rowCount = rows.getRowCount();
    int from = (int) Math.min(skip, rowCount);
    int count = (int) Math.min(left, rowCount - from);
    skip -= from;
    left -= count;
    if (count == 0) {
      return false;
    }
    if (count == rowCount) {
      sink.accept(rows);
      return true;
    }
    int[] selected = new int[count];
    for (int i = 0; i < count; i++) {
      selected[i] = from + i;
    }
    Vectors.gather(rows, selected, count, output());
    sink.accept(output());
    return true;
  }

  @Override
  void release() {
    input.close();
  }
}
