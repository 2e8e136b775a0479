package io.terrane.query.plan;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;

/** Puts the expressions of a select list in the place of their aliases. */
final class AliasReplacement extends SqlShuttle {
  private final Map<String, SqlNode> expressions = new HashMap<>();

  AliasReplacement(SqlNodeList selectList) {
    for (SqlNode item : selectList) {
      if (item.getKind() == SqlKind.AS) {
        SqlCall alias = (SqlCall) item;
        String name = ((SqlIdentifier) alias.operand(1)).getSimple();
        expressions.put(name.toLowerCase(Locale.ROOT), alias.operand(0));
      }
    }
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    SqlNode expression =
        id.isSimple() ? expressions.get(id.getSimple().toLowerCase(Locale.ROOT)) : null;
    return expression == null ? id : expression;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    return call.isA(SqlKind.QUERY) ? call : super.visit(call);
  }
}
