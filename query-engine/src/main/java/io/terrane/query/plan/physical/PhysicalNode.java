package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import java.util.List;

/** A recipe for a stream of rows. Immutable; may be opened any number of times. */
public interface PhysicalNode {
  List<String> names();

  List<DataType> types();

  /** Opens the operator and all below it. A failure leaves nothing open. */
  BatchStream open(ExecutionContext context);

  /**
   * As {@link #open}, for a reader who needs only rows for which all conditions are true; others
   * may come nevertheless.
   *
   * @param conditions over this node's columns, the same on every node
   */
  default BatchStream openNarrowed(ExecutionContext context, List<ScalarExpr> conditions) {
    return open(context);
  }

  /** For EXPLAIN. */
  OperatorText describe();

  List<PhysicalNode> inputs();

  /** The same operator over other inputs, which give the same rows. */
  PhysicalNode over(List<PhysicalNode> inputs);
}
