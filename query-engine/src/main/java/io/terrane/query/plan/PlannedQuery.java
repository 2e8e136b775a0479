package io.terrane.query.plan;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.physical.PhysicalNode;
import java.util.List;
import java.util.function.Function;

/** A query ready to be run, any number of times. Immutable. */
public final class PlannedQuery {
  private final List<ResultColumn> columns;
  private final int parameterCount;
  private final Function<ExecutionContext, PhysicalNode> physical;

  PlannedQuery(
      List<ResultColumn> columns,
      int parameterCount,
      Function<ExecutionContext, PhysicalNode> physical) {
    this.columns = List.copyOf(columns);
    this.parameterCount = parameterCount;
    this.physical = physical;
  }

  /** What clients are told; types are those of the stream's columns. */
  public List<ResultColumn> columns() {
    return columns;
  }

  /** How many {@code ?} markers the query has. */
  public int parameterCount() {
    return parameterCount;
  }

  List<DataType> types() {
    return columns.stream().map(ResultColumn::type).toList();
  }

  /** Constants are folded and work is handed to the regions under this context. */
  public BatchStream open(ExecutionContext context) {
    return physical.apply(context).open(context);
  }

  /** The operators, one per line, inputs indented below; what runs in regions is marked by bars. */
  public String explain(ExecutionContext context) {
    StringBuilder text = new StringBuilder();
    explain(physical.apply(context), 0, text);
    return text.toString();
  }

  private static void explain(PhysicalNode node, int depth, StringBuilder text) {
    String indent = "  ".repeat(depth);
    node.describe().lines().forEach(line -> text.append(indent).append(line).append('\n'));
    node.inputs().forEach(input -> explain(input, depth + 1, text));
  }
}
