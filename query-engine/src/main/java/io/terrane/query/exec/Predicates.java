package io.terrane.query.exec;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.ExprCompiler;
import io.terrane.query.expr.VectorExpr;
import java.util.List;

/** Conditions as filters and joins use them. */
final class Predicates {
  private Predicates() {}

  static VectorExpr compile(ExecutionContext context, ScalarExpr predicate, List<DataType> types) {
    return Casts.implicit(
        context, new ExprCompiler(context, types).compile(predicate), DataType.BOOLEAN);
  }

  /** Writes the rows where {@code truth} is true and answers how many there are. */
  static int select(Column truth, int rows, int[] selected) {
    int count = 0;
    long[] values = truth.longs();
    for (int i = 0; i < rows; i++) {
      selected[count] = i;
      count += values[i] != 0 && !truth.isNull(i) ? 1 : 0;
    }
    return count;
  }
}
