package io.terrane.query.distribute;

import io.terrane.api.fragment.ScalarExpr;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Renumbers and substitutes the columns of expressions. */
final class Columns {
  private Columns() {}

  static ScalarExpr renumber(ScalarExpr expr, IntUnaryOperator mapping) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return new ScalarExpr.ColumnRef(mapping.applyAsInt(ref.index()), ref.type());
    } else if (expr instanceof ScalarExpr.Call call) {
      return new ScalarExpr.Call(
          call.function(),
          call.arguments().stream().map(argument -> renumber(argument, mapping)).toList(),
          call.type());
    }
    return expr;
  }

  /** {@code expr} over the inputs of {@code columns} instead of over these. */
  static ScalarExpr substitute(ScalarExpr expr, List<ScalarExpr> columns) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return columns.get(ref.index());
    } else if (expr instanceof ScalarExpr.Call call) {
      return new ScalarExpr.Call(
          call.function(),
          call.arguments().stream().map(argument -> substitute(argument, columns)).toList(),
          call.type());
    }
    return expr;
  }

  static boolean isIdentity(List<ScalarExpr> expressions, int width) {
    if (expressions.size() != width) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      if (!(expressions.get(i) instanceof ScalarExpr.ColumnRef ref) || ref.index() != i) {
        return false;
      }
    }
    return true;
  }

  /** Nodes of the expression. */
  static long size(ScalarExpr expr) {
    return expr instanceof ScalarExpr.Call call
        ? 1 + call.arguments().stream().mapToLong(Columns::size).sum()
        : 1;
  }
}
