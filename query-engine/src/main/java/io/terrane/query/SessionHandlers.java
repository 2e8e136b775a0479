package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.ParsedStatement;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.Statement.VariableAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** Statements about the session itself, and about other sessions. */
final class SessionHandlers {
  private final QueryEngine engine;
  private final SessionState state;
  private final QueryHandlers queries;

  SessionHandlers(QueryEngine engine, SessionState state, QueryHandlers queries) {
    this.engine = engine;
    this.state = state;
    this.queries = queries;
  }

  StatementResult use(Statement.Use statement, Call call) {
    state.use(engine.database(statement.database()));
    return Affected.NOTHING;
  }

  /** All values are computed before the first variable changes. */
  StatementResult set(Statement.SetVariables statement, Call call) {
    List<Optional<Datum>> values = new ArrayList<>();
    for (VariableAssignment assignment : statement.assignments()) {
      values.add(assignment.value().map(value -> queries.evaluate(value, call)));
    }
    for (int i = 0; i < values.size(); i++) {
      VariableAssignment assignment = statement.assignments().get(i);
      state.variables().set(assignment.scope(), assignment.name(), values.get(i));
    }
    if (state.variables().isOn("autocommit") && state.inTransaction()) {
      boolean touched =
          statement.assignments().stream().anyMatch(a -> a.name().equals("autocommit"));
      if (touched) {
        state.endTransaction();
      }
    }
    return Affected.NOTHING;
  }

  StatementResult kill(Statement.Kill statement, Call call) {
    Datum id = queries.evaluate(statement.id(), call);
    if (!(id.value() instanceof Long number)) {
      throw unknownThread(id);
    }
    QuerySession session = engine.session(number).orElseThrow(() -> unknownThread(id));
    if (statement.connection()) {
      session.disconnect();
    } else {
      session.cancel();
    }
    return Affected.NOTHING;
  }

  private static TerraneException unknownThread(Datum id) {
    return new TerraneException(ErrorCode.UNKNOWN_THREAD, "Unknown thread id: " + id.value());
  }

  StatementResult prepare(Statement.Prepare statement, Call call) {
    Datum text = queries.evaluate(statement.text(), call);
    if (!(text.value() instanceof String sql)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "The text of PREPARE is no string: " + text.value());
    }
    String name = statement.name().toLowerCase(Locale.ROOT);
    if (state.namedStatements().size() >= engine.config().preparedStatementsMax()
        && !state.namedStatements().containsKey(name)) {
      throw new TerraneException(
          ErrorCode.TOO_MANY_STATEMENTS,
          "Can't create more than max_prepared_stmt_count statements (current value: "
              + engine.config().preparedStatementsMax()
              + ")");
    }
    ParsedStatement parsed = SqlParsing.parse(sql, state.lexis());
    if (parsed.statement() instanceof Statement.Prepare
        || parsed.statement() instanceof Statement.Execute
        || parsed.statement() instanceof Statement.Deallocate) {
      throw new TerraneException(
          ErrorCode.NOT_PREPARABLE,
          "This command is not supported in the prepared statement protocol yet");
    }
    state.namedStatements().put(name, sql);
    return Affected.NOTHING;
  }

  StatementResult deallocate(Statement.Deallocate statement, Call call) {
    if (state.namedStatements().remove(statement.name().toLowerCase(Locale.ROOT)) == null) {
      throw unknownStatement(statement.name(), "DEALLOCATE PREPARE");
    }
    return Affected.NOTHING;
  }

  /** Read again for each execution, because planning writes into the tree. */
  ParsedStatement prepared(String name) {
    String sql = state.namedStatements().get(name.toLowerCase(Locale.ROOT));
    if (sql == null) {
      throw unknownStatement(name, "EXECUTE");
    }
    return SqlParsing.parse(sql, state.lexis());
  }

  List<Datum> arguments(Statement.Execute execute, Call call) {
    List<Datum> arguments = new ArrayList<>();
    for (SqlNode argument : execute.arguments()) {
      arguments.add(queries.evaluate(argument, call));
    }
    return arguments;
  }

  private static TerraneException unknownStatement(String name, String command) {
    return new TerraneException(
        ErrorCode.UNKNOWN_STATEMENT,
        "Unknown prepared statement handler (" + name + ") given to " + command);
  }
}
