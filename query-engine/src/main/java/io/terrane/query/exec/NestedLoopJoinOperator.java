package io.terrane.query.exec;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A join on any condition, or none: every pair is a candidate. */
public final class NestedLoopJoinOperator extends JoinOperator {
  private int leftCount;
  private int leftAt;
  private int rightAt;

  /**
   * @param condition over left columns then right columns
   * @param names of the output columns: left then right, or left only for SEMI and ANTI
   */
  public NestedLoopJoinOperator(
      ExecutionContext context,
      BatchStream left,
      BatchStream right,
      JoinKind kind,
      Optional<ScalarExpr> condition,
      List<String> names) {
    super(context, left, right, kind, condition, names);
  }

  @Override
  void build(VectorSchemaRoot batch, int first) {}

  @Override
  void probe(VectorSchemaRoot batch) {
    leftCount = batch.getRowCount();
    leftAt = 0;
    rightAt = 0;
  }

  @Override
  int nextPairs(int[] leftOfPair, int[] rightOfPair, int max) {
    int rights = heldRows();
    int count = 0;
    while (count < max && leftAt < leftCount && rights > 0) {
      leftOfPair[count] = leftAt;
      rightOfPair[count++] = rightAt++;
      if (rightAt == rights) {
        rightAt = 0;
        leftAt++;
      }
    }
    return count;
  }

  @Override
  void releaseBuild() {}
}
