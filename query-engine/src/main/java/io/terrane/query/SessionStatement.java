package io.terrane.query;

import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.ResultColumn;
import io.terrane.query.parse.StatementSource;
import java.util.List;

/** A prepared statement: its text, as the session read texts when it was prepared. */
record SessionStatement(StatementSource source, int parameterCount, List<ResultColumn> columns)
    implements PreparedStatement {
  SessionStatement {
    columns = List.copyOf(columns);
  }
}
