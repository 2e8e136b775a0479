package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import java.util.List;

/** A node of a plan that is ready to run: makes its operator anew for each run. */
public interface PlanNode {
  /** Types of the output columns. */
  List<DataType> types();

  /** Opens the operator over those of its inputs; what was opened is closed if this fails. */
  BatchStream open(ExecutionContext context, Bindings bindings);

  List<PlanNode> inputs();

  /** One line about this node. */
  String describe();

  /** This node and, deeper, its inputs. */
  default void explain(StringBuilder text, int depth) {
    text.append("  ".repeat(depth)).append(describe()).append('\n');
    inputs().forEach(input -> input.explain(text, depth + 1));
  }
}
