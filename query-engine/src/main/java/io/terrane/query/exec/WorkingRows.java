package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What a recursive common table is to its own query: the rows that the iteration before gave. A
 * {@link RecursionOperator} fills it; streams read it while an iteration runs. One thread.
 */
public final class WorkingRows {
  private RowBuffer rows;

  void set(RowBuffer present) {
    rows = present;
  }

  /** The rows as they are now, under other names; types are those of the recursion. */
  public BatchStream open(ExecutionContext context, List<String> names, List<DataType> types) {
    return new Reader(context, names, types);
  }

  private final class Reader extends Operator {
    private final RowBuffer read = rows;
    private int given;

    Reader(ExecutionContext context, List<String> names, List<DataType> types) {
      super(context, Vectors.schema(names, types));
    }

    @Override
    boolean next(BatchSink sink) {
      if (given == read.chunks()) {
        return false;
      }
      VectorSchemaRoot chunk = read.chunk(given++);
      sink.accept(new VectorSchemaRoot(schema(), chunk.getFieldVectors(), chunk.getRowCount()));
      return true;
    }

    @Override
    void release() {
      // The rows are the recursion's.
    }
  }
}
