package io.terrane.query.plan;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/** Finds aggregates, not those of sub-queries or windows. */
final class Aggregation extends SqlBasicVisitor<Void> {
  private Aggregation() {}

  static boolean anyIn(SqlNode node) {
    try {
      node.accept(new Aggregation());
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  @Override
  public Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.OVER || call.isA(SqlKind.QUERY)) {
      return null;
    }
    if (call.getOperator().isAggregator()) {
      throw Util.FoundOne.NULL;
    }
    return super.visit(call);
  }
}
