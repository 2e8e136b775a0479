package io.terrane.query.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The order that MySQL gives the rows of a ROLLUP when none is asked for: by the groups, each super
 * group behind those it sums up.
 */
final class RollupOrder {
  private RollupOrder() {}

  /** Keys of order, none if the groups are no ROLLUP of expressions. */
  static List<SqlNode> of(SqlNodeList group, LooseGrouping loose) {
    if (group == null || group.size() != 1 || group.get(0).getKind() != SqlKind.ROLLUP) {
      return List.of();
    }
    List<SqlNode> order = new ArrayList<>();
    for (SqlNode key : ((SqlCall) group.get(0)).getOperandList()) {
      Optional<SqlNode> expression = loose.meant(key);
      if (expression.isEmpty() || expression.get() instanceof SqlLiteral) {
        return List.of();
      }
      order.add(SqlStdOperatorTable.GROUPING.createCall(SqlParserPos.ZERO, expression.get()));
      order.add(expression.get());
    }
    return order;
  }
}
