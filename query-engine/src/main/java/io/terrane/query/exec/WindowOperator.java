package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Input columns, then one per window call. */
public final class WindowOperator extends Operator {
  private final BatchStream input;

  public WindowOperator(
      ExecutionContext context,
      BatchStream input,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<String> names) {
    super(context, outputSchema(input, calls, names));
    this.input = input;
  }

  private static Schema outputSchema(
      BatchStream input, List<WindowCall> calls, List<String> names) {
    List<DataType> types = new ArrayList<>(Batch.typesOf(input.schema()));
    calls.forEach(call -> types.add(call.type()));
    return Vectors.schema(names, types);
  }

  @Override
  boolean next(BatchSink sink) {
    throw new TerraneException(ErrorCode.UNSUPPORTED, "window functions");
  }

  @Override
  void release() {
    input.close();
  }
}
