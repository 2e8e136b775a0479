package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Takes all of its input before it gives the first row, for statements that write where they read.
 * What it holds counts against the statement's memory.
 */
public final class BufferOperator extends Operator {
  private final BatchStream input;
  private final RowBuffer rows;
  private boolean taken;
  private int given;

  public BufferOperator(ExecutionContext context, BatchStream input) {
    super(context, input.schema());
    this.input = input;
    this.rows = new RowBuffer(context.allocator(), input.schema());
  }

  @Override
  boolean next(BatchSink sink) {
    while (!taken) {
      context().checkCancelled();
      taken = !input.advance(rows::append);
    }
    if (given == rows.chunks()) {
      return false;
    }
    VectorSchemaRoot chunk = rows.chunk(given++);
    sink.accept(chunk);
    return true;
  }

  @Override
  void release() {
    try {
      rows.close();
    } finally {
      input.close();
    }
  }
}
