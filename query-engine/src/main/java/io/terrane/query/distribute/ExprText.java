package io.terrane.query.distribute;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import java.util.stream.Collectors;

/** Expressions for EXPLAIN: {@code >($1, 5)}. */
public final class ExprText {
  private ExprText() {}

  public static String of(ScalarExpr expr) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return "$" + ref.index();
    } else if (expr instanceof ScalarExpr.Literal literal) {
      if (literal.value().isNull()) {
        return "NULL";
      }
      String text = literal.value().display();
      return isQuoted(literal.type()) ? "'" + text + "'" : text;
    }
    ScalarExpr.Call call = (ScalarExpr.Call) expr;
    String arguments =
        call.arguments().stream().map(ExprText::of).collect(Collectors.joining(", "));
    boolean isCast = call.function().equals("cast") || call.function().equals("try_cast");
    return call.function() + "(" + arguments + (isCast ? " as " + call.type() : "") + ")";
  }

  private static boolean isQuoted(DataType type) {
    return switch (type.kind()) {
      case STRING, DATE, TIME, TIMESTAMP -> true;
      default -> false;
    };
  }
}
