package io.terrane.query;

import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.ResultColumn;
import io.terrane.query.parse.MySqlLexis;
import java.util.List;

/** A prepared statement: its text, and how the session read texts when it was prepared. */
record SessionStatement(
    String text, MySqlLexis lexis, int parameterCount, List<ResultColumn> columns)
    implements PreparedStatement {
  SessionStatement {
    columns = List.copyOf(columns);
  }
}
