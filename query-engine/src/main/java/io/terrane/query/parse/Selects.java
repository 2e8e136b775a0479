package io.terrane.query.write;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Queries that writes ask before they write. */
final class Selects {
  private Selects() {}

  static SqlSelect ofExpression(SqlNode expression) {
    return of(List.of(expression), null, null);
  }

  static SqlNode named(SqlNode item, String name) {
    return SqlStdOperatorTable.AS.createCall(
        SqlParserPos.ZERO, item, new SqlIdentifier(name, SqlParserPos.ZERO));
  }

  static SqlSelect of(List<? extends SqlNode> items, SqlNode from, SqlNode where) {
    return new SqlSelect(
        SqlParserPos.ZERO,
        null,
        new SqlNodeList(items, SqlParserPos.ZERO),
        from,
        where,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
