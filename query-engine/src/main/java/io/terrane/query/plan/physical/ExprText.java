package io.terrane.query.plan.physical;

import io.terrane.api.fragment.ScalarExpr;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions as EXPLAIN shows them: {@code $0} is the first input column. */
final class ExprText {
  private ExprText() {}

  static String of(List<ScalarExpr> expressions) {
    return expressions.stream().map(ExprText::of).collect(Collectors.joining(", "));
  }

  static String of(ScalarExpr expression) {
    if (expression instanceof ScalarExpr.ColumnRef column) {
      return column.index() < 0 ? "outer" + (-1 - column.index()) : "$" + column.index();
    }
    if (expression instanceof ScalarExpr.Literal literal) {
      return literal.value().isNull() ? "NULL" : "'" + literal.value().text() + "'";
    }
    ScalarExpr.Call call = (ScalarExpr.Call) expression;
    return call.function() + "(" + of(call.arguments()) + ")";
  }
}
