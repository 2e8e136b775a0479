package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.query.expr.Batch;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of all inputs, one input after the other; their types are the same. */
public final class UnionAllOperator extends Operator {
  private final List<BatchStream> inputs;
  private int current;

  public UnionAllOperator(ExecutionContext context, List<BatchStream> inputs, List<String> names) {
    super(context, Vectors.schema(names, Batch.typesOf(inputs.get(0).schema())));
    this.inputs = List.copyOf(inputs);
  }

  @Override
  boolean next(BatchSink sink) {
    while (current < inputs.size()) {
      if (inputs
          .get(current)
          .advance(
              rows ->
                  sink.accept(
                      new VectorSchemaRoot(
                          schema(), rows.getFieldVectors(), rows.getRowCount())))) {
        return true;
      }
      inputs.get(current).close();
      current++;
    }
    return false;
  }

  @Override
  void release() {
    inputs.forEach(BatchStream::close);
  }
}
