package io.terrane.query.parse;

import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/** Turns MySQL's own operators into calls of the registry's functions. */
final class OperatorNames extends SqlShuttle {
  private static final Map<SqlOperator, String> NAMES =
      Map.of(
          MySqlOperators.NULL_SAFE_EQUAL, "<=>",
          MySqlOperators.SHIFT_RIGHT, ">>",
          MySqlOperators.BIT_OR, "|",
          MySqlOperators.INT_DIVIDE, "div",
          MySqlOperators.XOR, "xor",
          MySqlOperators.COLLATE, "collate",
          SqlStdOperatorTable.BIT_LEFT_SHIFT, "<<",
          SqlStdOperatorTable.BITAND_OPERATOR, "&",
          SqlStdOperatorTable.BITXOR_OPERATOR, "^");

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode copy = super.visit(call);
    if (!(copy instanceof SqlCall visited)) {
      return copy;
    }
    SqlOperator operator = visited.getOperator();
    String name = NAMES.get(operator);
    return name == null
        ? visited
        : unresolved(new SqlIdentifier(name, visited.getParserPosition()))
            .createCall(visited.getParserPosition(), visited.getOperandList());
  }

  private static SqlUnresolvedFunction unresolved(SqlIdentifier name) {
    return new SqlUnresolvedFunction(
        name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }
}
