package io.terrane.query.plan.physical;

import io.terrane.query.plan.rule.RowEstimate;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;

/** How many rows the operators of one plan are expected to give. One thread. */
public final class RowEstimates {
  private final Map<PhysicalNode, RelNode> meanings = new IdentityHashMap<>();

  /** {@code node} gives the rows of {@code rel}. */
  void means(PhysicalNode node, RelNode rel) {
    meanings.put(node, rel);
  }

  OptionalDouble of(PhysicalNode node) {
    RelNode rel = meanings.get(node);
    return rel == null ? OptionalDouble.empty() : RowEstimate.of(rel);
  }
}
