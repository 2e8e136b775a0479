package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What all operators share: the check for cancellation, Arrow's out-of-memory turned into
 * QUERY_MEMORY_EXCEEDED, and closing once.
 */
abstract class Operator implements BatchStream {
  private final ExecutionContext context;
  private final Schema schema;
  private VectorSchemaRoot output;
  private boolean closed;

  Operator(ExecutionContext context, Schema schema) {
    this.context = context;
    this.schema = schema;
  }

  ExecutionContext context() {
    return context;
  }

  @Override
  public final Schema schema() {
    return schema;
  }

  /** A root of this operator's schema that it owns and fills for each batch. */
  VectorSchemaRoot output() {
    if (output == null) {
      output = VectorSchemaRoot.create(schema, context.allocator());
    }
    return output;
  }

  @Override
  public final boolean advance(BatchSink sink) {
    context.checkCancelled();
    try {
      return !closed && next(sink);
    } catch (OutOfMemoryException limit) {
      throw MemoryAccount.exceeded(context.allocator(), limit);
    }
  }

  /** Lends one batch or answers false. */
  abstract boolean next(BatchSink sink);

  /** Closes inputs and what is held. */
  abstract void release();

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (output != null) {
      output.close();
    }
    release();
  }
}
