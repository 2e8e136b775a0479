package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.VectorExpr;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows for which the predicate is true (any number but 0). */
public final class FilterOperator extends Operator {
  private final BatchStream input;
  private final VectorExpr predicate;
  private final Batch batch;
  private int[] selected = {};

  public FilterOperator(ExecutionContext context, BatchStream input, ScalarExpr predicate) {
    super(context, input.schema());
    this.input = input;
    this.batch = new Batch(Batch.typesOf(input.schema()));
    this.predicate = Predicates.compile(context, predicate, Batch.typesOf(input.schema()));
  }

  @Override
  boolean next(BatchSink sink) {
    boolean[] given = {false};
    while (!given[0] && input.advance(rows -> given[0] = filter(rows, sink))) {
      context().checkCancelled();
    }
    return given[0];
  }

  private boolean filter(VectorSchemaRoot rows, BatchSink sink) {
    int count = select(rows);
    if (count == 0) {
      return false;
    }
    if (count == rows.getRowCount()) {
      sink.accept(rows);
    } else {
      Vectors.gather(rows, selected, count, output());
      sink.accept(output());
    }
    return true;
  }

  private int select(VectorSchemaRoot rows) {
    int rowCount = rows.getRowCount();
    if (selected.length < rowCount) {
      selected = new int[rowCount];
    }
    return Predicates.select(predicate.evaluate(batch.load(rows)), rowCount, selected);
  }

  @Override
  void release() {
    input.close();
  }
}
