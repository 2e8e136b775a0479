package io.terrane.query.parse;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Makes queries that nobody wrote. */
public final class Selects {
  private Selects() {}

  public static SqlSelect ofExpression(SqlNode expression) {
    return of(List.of(expression), null, null);
  }

  public static SqlNode named(SqlNode item, String name) {
    return SqlStdOperatorTable.AS.createCall(
        SqlParserPos.ZERO, item, new SqlIdentifier(name, SqlParserPos.ZERO));
  }

  public static SqlSelect of(List<? extends SqlNode> items, SqlNode from, SqlNode where) {
    return of(SqlParserPos.ZERO, items, from, where);
  }

  /** The same for somebody whom errors tell where it stands. */
  public static SqlSelect of(
      SqlParserPos position, List<? extends SqlNode> items, SqlNode from, SqlNode where) {
    return new SqlSelect(
        position,
        null,
        new SqlNodeList(items, position),
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
