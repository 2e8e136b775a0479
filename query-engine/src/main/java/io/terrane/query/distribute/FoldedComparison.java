package io.terrane.query.distribute;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.type.FoldedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Comparisons of a system table's text with another text, which disregard case. Two columns of
 * system tables are compared as they are: they write the same name in the same way.
 */
final class FoldedComparison {
  private static final Set<String> COMPARISONS =
      Set.of("=", "<>", "<", "<=", ">", ">=", "<=>", "in");

  private FoldedComparison() {}

  /** The call {@code name(arguments)}, without regard to case where {@code call} asks for it. */
  static ScalarExpr of(
      String name,
      RexCall call,
      List<ScalarExpr> arguments,
      BiFunction<String, List<ScalarExpr>, ScalarExpr> functions) {
    if (name.equals("like") && isFolded(call.getOperands().get(0))) {
      return functions.apply("ilike", arguments);
    }
    if (name.equals("regexp") && arguments.size() == 2 && isFolded(call.getOperands().get(0))) {
      return functions.apply(
          name, List.of(arguments.get(0), arguments.get(1), new ScalarExpr.Literal(Datum.of("i"))));
    }
    if (!COMPARISONS.contains(name) || !disregardsCase(call)) {
      return functions.apply(name, arguments);
    }
    List<ScalarExpr> folded = new ArrayList<>();
    for (ScalarExpr argument : arguments) {
      folded.add(
          argument.type().kind() == DataType.Kind.STRING
              ? functions.apply("lower", List.of(argument))
              : argument);
    }
    return functions.apply(name, folded);
  }

  private static boolean disregardsCase(RexCall call) {
    List<RelDataType> texts =
        call.getOperands().stream()
            .map(RexNode::getType)
            .filter(SqlTypeUtil::inCharFamily)
            .toList();
    boolean some = texts.stream().anyMatch(FoldedText::is);
    boolean all = texts.stream().allMatch(FoldedText::is);
    return some && !all && texts.size() > 1;
  }

  private static boolean isFolded(RexNode node) {
    return FoldedText.is(node.getType());
  }
}
