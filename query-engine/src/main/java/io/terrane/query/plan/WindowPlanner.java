package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.exec.WindowCall;
import io.terrane.query.exec.WindowFrame;
import io.terrane.query.plan.physical.Nodes;
import io.terrane.query.plan.physical.PlanNode;
import io.terrane.query.type.TypeMapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;

/** Windows: constants become columns first, then one operator per group of equal windows. */
final class WindowPlanner {
  PlanNode convert(Window window, PlanNode input) {
    int width = input.types().size();
    PlanNode withConstants = input;
    List<String> names = new ArrayList<>(window.getInput().getRowType().getFieldNames());
    if (!window.constants.isEmpty()) {
      List<ScalarExpr> columns = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        columns.add(new ScalarExpr.ColumnRef(i, input.types().get(i)));
      }
      for (RexLiteral constant : window.constants) {
        columns.add(new ScalarExpr.Literal(ExprTranslator.datum(constant)));
        names.add("$constant" + columns.size());
      }
      withConstants = new Nodes.Project(input, columns, List.copyOf(names));
    }
    PlanNode result = withConstants;
    int outputs = 0;
    for (Window.Group group : window.groups) {
      List<WindowCall> calls = new ArrayList<>();
      for (Window.RexWinAggCall call : group.aggCalls) {
        calls.add(
            new WindowCall(
                name(call),
                call.getOperands().stream().map(o -> ((RexInputRef) o).getIndex()).toList(),
                frame(group, window, call),
                TypeMapping.fromCalcite(call.getType()),
                call.distinct));
        names.add("$w" + outputs++);
      }
      result =
          new Nodes.Window(
              result,
              group.keys.asList(),
              PhysicalPlanner.keys(group.orderKeys),
              calls,
              List.copyOf(names));
    }
    return withoutConstants(window, result, width, window.constants.size());
  }

  private static PlanNode withoutConstants(
      Window window, PlanNode result, int width, int constants) {
    if (constants == 0) {
      return result;
    }
    List<ScalarExpr> columns = new ArrayList<>();
    List<DataType> types = result.types();
    for (int i = 0; i < types.size(); i++) {
      if (i < width || i >= width + constants) {
        columns.add(new ScalarExpr.ColumnRef(i, types.get(i)));
      }
    }
    return new Nodes.Project(result, columns, window.getRowType().getFieldNames());
  }

  private static String name(Window.RexWinAggCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    return name.equals("$sum0") ? "sum" : name;
  }

  private static WindowFrame frame(Window.Group group, Window window, Window.RexWinAggCall call) {
    boolean whole =
        FunctionOperators.WINDOW_FUNCTIONS.contains(name(call)) && !name(call).endsWith("_value");
    return whole
        ? WindowFrame.PARTITION
        : new WindowFrame(
            group.isRows ? WindowFrame.Unit.ROWS : WindowFrame.Unit.RANGE,
            bound(group.lowerBound, window),
            bound(group.upperBound, window));
  }

  private static WindowFrame.Bound bound(RexWindowBound bound, Window window) {
    if (bound.isUnbounded()) {
      return bound.isPreceding()
          ? WindowFrame.Bound.unboundedPreceding()
          : WindowFrame.Bound.unboundedFollowing();
    }
    if (bound.isCurrentRow()) {
      return WindowFrame.Bound.currentRow();
    }
    double offset = offset(bound.getOffset(), window);
    return bound.isPreceding()
        ? WindowFrame.Bound.preceding(offset)
        : WindowFrame.Bound.following(offset);
  }

  private static double offset(RexNode node, Window window) {
    int inputs = window.getInput().getRowType().getFieldCount();
    RexNode constant =
        node instanceof RexInputRef column
            ? window.constants.get(column.getIndex() - inputs)
            : node;
    if (constant instanceof RexLiteral literal) {
      return literal.getValueAs(BigDecimal.class).doubleValue();
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "a window's bounds must be constants, not " + node);
  }
}
