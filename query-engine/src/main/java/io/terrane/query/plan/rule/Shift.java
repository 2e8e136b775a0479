package io.terrane.query.plan.rule;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Moves the column numbers of a condition. */
final class Shift {
  private Shift() {}

  static RexNode columns(RexBuilder rex, RexNode condition, int by) {
    if (by == 0) {
      return condition;
    }
    return mapped(rex, condition, index -> index + by);
  }

  static RexNode mapped(
      RexBuilder rex, RexNode condition, java.util.function.IntUnaryOperator mapping) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return rex.makeInputRef(ref.getType(), mapping.applyAsInt(ref.getIndex()));
          }
        });
  }
}
