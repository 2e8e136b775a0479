package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.KeyValueSets;
import io.terrane.query.exec.LateStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A join that needs no rows of its left input but those with a partner: the right input is read
 * first, and if its keys have few values, the left one is opened with the condition to have one of
 * these. A scan then reads only where they are.
 *
 * @param join over the left input, then the right one
 * @param leftKeys columns of the left input, each with its partner in {@code rightKeys}
 */
record NarrowingJoin(OperatorNode join, List<Integer> leftKeys, List<Integer> rightKeys)
    implements PhysicalNode {
  NarrowingJoin {
    leftKeys = List.copyOf(leftKeys);
    rightKeys = List.copyOf(rightKeys);
  }

  /** Whether values of a type mean the same as literals, as column values and as keys. */
  static boolean canNarrow(DataType type) {
    return switch (type.kind()) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DATE, TIME, TIMESTAMP -> true;
      case STRING, BINARY -> true;
      case NULL, BOOLEAN, UINT64, FLOAT32, FLOAT64, DECIMAL -> false;
    };
  }

  @Override
  public BatchStream open(ExecutionContext context) {
    PhysicalNode left = inputs().get(0);
    BatchStream opened = inputs().get(1).open(context);
    try {
      KeyValueSets right = new KeyValueSets(opened, rightKeys);
      BatchStream late =
          new LateStream(left.names(), left.types(), () -> open(left, right, context));
      return join.maker().make(context, List.of(late, right));
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  private Optional<BatchStream> open(
      PhysicalNode left, KeyValueSets right, ExecutionContext context) {
    if (right.isEmpty()) {
      return Optional.empty();
    }
    List<ScalarExpr> conditions = new ArrayList<>();
    for (int i = 0; i < leftKeys.size(); i++) {
      Optional<Set<Datum>> values = right.values(i);
      if (values.isPresent() && !values.get().isEmpty()) {
        int column = leftKeys.get(i);
        List<ScalarExpr> arguments = new ArrayList<>();
        arguments.add(new ScalarExpr.ColumnRef(column, left.types().get(column)));
        values.get().forEach(value -> arguments.add(new ScalarExpr.Literal(value)));
        conditions.add(new ScalarExpr.Call("in", arguments, DataType.BOOLEAN));
      }
    }
    return Optional.of(left.openNarrowed(context, conditions));
  }

  @Override
  public List<String> names() {
    return join.names();
  }

  @Override
  public List<DataType> types() {
    return join.types();
  }

  @Override
  public OperatorText describe() {
    return OperatorText.of(join.text() + ", narrows left by " + leftKeys);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return join.inputs();
  }

  @Override
  public PhysicalNode over(List<PhysicalNode> inputs) {
    return new NarrowingJoin((OperatorNode) join.over(inputs), leftKeys, rightKeys);
  }
}
