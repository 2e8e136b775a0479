package io.terrane.query.plan.physical;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.distribute.FragmentText;
import io.terrane.query.exec.WindowCall;
import io.terrane.query.exec.WindowFrame;
import io.terrane.query.exec.WindowOperator;
import io.terrane.query.plan.AggregateOperator;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;

/**
 * A projection with window functions: first a projection of what the windows need beside the
 * input's columns, then one operator per partitioning and order, then the projection of the
 * results.
 */
final class WindowPlanner {
  private final PhysicalPlanner planner;
  private final List<ScalarExpr> columns = new ArrayList<>();
  private List<DataType> inputTypes;

  /** Calls that share an operator. */
  private record Window(List<Integer> partitionBy, List<SortKey> orderBy) {}

  WindowPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PhysicalNode plan(Project project, PhysicalNode input) {
    inputTypes = input.types();
    for (int i = 0; i < inputTypes.size(); i++) {
      columns.add(new ScalarExpr.ColumnRef(i, inputTypes.get(i)));
    }
    Map<Window, List<RexOver>> windows = new LinkedHashMap<>();
    for (RexNode expression : project.getProjects()) {
      expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
              List<RexOver> calls =
                  windows.computeIfAbsent(window(over.getWindow()), w -> new ArrayList<>());
              if (!calls.contains(over)) {
                calls.add(over);
              }
              return over;
            }
          });
    }
    Map<RexOver, Integer> results = new LinkedHashMap<>();
    Map<Window, List<WindowCall>> calls = new LinkedHashMap<>();
    windows.forEach((window, overs) -> calls.put(window, overs.stream().map(this::call).toList()));
    List<String> names = new ArrayList<>(input.names());
    for (int i = names.size(); i < columns.size(); i++) {
      names.add("w" + i);
    }
    PhysicalNode result = planner.project(input, List.copyOf(columns), names);
    for (Map.Entry<Window, List<RexOver>> window : windows.entrySet()) {
      for (int i = 0; i < window.getValue().size(); i++) {
        results.put(window.getValue().get(i), result.types().size() + i);
      }
      result = operator(result, window.getKey(), calls.get(window.getKey()));
    }
    RexBuilder rex = project.getCluster().getRexBuilder();
    List<ScalarExpr> outputs = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      RexNode replaced =
          expression.accept(
              new RexShuttle() {
                @Override
                public RexNode visitOver(RexOver over) {
                  return rex.makeInputRef(over.getType(), results.get(over));
                }
              });
      outputs.add(planner.translate(replaced, result.types()));
    }
    return planner.project(result, outputs, project.getRowType().getFieldNames());
  }

  private static PhysicalNode operator(PhysicalNode input, Window window, List<WindowCall> calls) {
    List<String> names = new ArrayList<>(input.names());
    List<DataType> types = new ArrayList<>(input.types());
    for (WindowCall call : calls) {
      names.add("w" + names.size());
      types.add(call.type());
    }
    return new OperatorNode(
        "Window: partition="
            + window.partitionBy()
            + ", order="
            + FragmentText.keys(window.orderBy())
            + ", calls="
            + calls.stream().map(WindowCall::function).toList(),
        List.of(input),
        names,
        types,
        (context, opened) ->
            new WindowOperator(
                context, opened.get(0), window.partitionBy(), window.orderBy(), calls, names));
  }

  private int column(RexNode node) {
    ScalarExpr wanted = planner.translate(node, inputTypes);
    int known = columns.indexOf(wanted);
    if (known >= 0) {
      return known;
    }
    columns.add(wanted);
    return columns.size() - 1;
  }

  private Window window(RexWindow window) {
    List<Integer> partition = window.partitionKeys.stream().map(this::column).toList();
    List<SortKey> order = new ArrayList<>();
    for (RexFieldCollation key : window.orderKeys) {
      boolean descending = key.getDirection().isDescending();
      boolean nullsFirst =
          key.getNullDirection() == RelFieldCollation.NullDirection.UNSPECIFIED
              ? !descending
              : key.getNullDirection() == RelFieldCollation.NullDirection.FIRST;
      order.add(new SortKey(column(key.left), descending, nullsFirst));
    }
    return new Window(partition, order);
  }

  private WindowCall call(RexOver over) {
    String name =
        over.getAggOperator() instanceof AggregateOperator own
            ? own.function().name()
            : over.getAggOperator().getName().toLowerCase(Locale.ROOT);
    List<Integer> arguments = over.getOperands().stream().map(this::column).toList();
    return new WindowCall(
        name,
        arguments,
        frame(over.getWindow()),
        TypeMapping.ofSql(over.getType()),
        over.isDistinct());
  }

  private static WindowFrame frame(RexWindow window) {
    return new WindowFrame(
        window.isRows() ? WindowFrame.Unit.ROWS : WindowFrame.Unit.RANGE,
        bound(window.getLowerBound()),
        bound(window.getUpperBound()));
  }

  private static WindowFrame.Bound bound(RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return WindowFrame.Bound.currentRow();
    } else if (bound.isUnbounded()) {
      return bound.isPreceding()
          ? WindowFrame.Bound.unboundedPreceding()
          : WindowFrame.Bound.unboundedFollowing();
    }
    if (!(bound.getOffset() instanceof RexLiteral literal) || RexLiteral.isNullLiteral(literal)) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED, "a window frame's bound must be a number, not " + bound);
    }
    double offset = RexLiteral.bigDecimalValue(literal).doubleValue();
    return bound.isPreceding()
        ? WindowFrame.Bound.preceding(offset)
        : WindowFrame.Bound.following(offset);
  }
}
