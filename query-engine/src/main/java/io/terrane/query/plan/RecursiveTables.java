package io.terrane.query.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The first query of a recursive common table decides its columns' types. Whole numbers there begin
 * counters, which are BIGINT as soon as something is added to them, so they are so from the start.
 */
final class RecursiveTables {
  private RecursiveTables() {}

  /** The query of a recursive common table, in which constants of the first one are BIGINT. */
  static SqlNode widened(SqlNode query) {
    if (query.getKind() == SqlKind.UNION) {
      SqlCall union = (SqlCall) query;
      List<SqlNode> operands = new ArrayList<>(union.getOperandList());
      operands.set(0, widened(operands.get(0)));
      return union.getOperator().createCall(union.getParserPosition(), operands);
    }
    if (query instanceof SqlSelect select) {
      SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
      List<SqlNode> items = select.getSelectList().stream().map(RecursiveTables::item).toList();
      copy.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
      return copy;
    }
    return query;
  }

  private static SqlNode item(SqlNode item) {
    if (item.getKind() == SqlKind.AS) {
      List<SqlNode> operands = new ArrayList<>(((SqlCall) item).getOperandList());
      operands.set(0, item(operands.get(0)));
      return SqlStdOperatorTable.AS.createCall(item.getParserPosition(), operands);
    }
    if (item instanceof SqlNumericLiteral number && number.isInteger()) {
      return SqlStdOperatorTable.CAST.createCall(
          item.getParserPosition(),
          item,
          new SqlDataTypeSpec(
              new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, item.getParserPosition()),
              item.getParserPosition()));
    }
    return item;
  }
}
