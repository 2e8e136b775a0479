package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.function.admin.AdminCaller;
import io.terrane.query.function.admin.AdminFunction;
import io.terrane.query.parse.Literals;
import io.terrane.query.parse.Statement;
import io.terrane.query.show.Migrations;
import io.terrane.query.show.ShowContext;
import io.terrane.query.show.ShowResult;
import io.terrane.query.show.ShowTable;
import io.terrane.query.show.Shower;
import io.terrane.query.show.TableStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** SHOW, DESC and ADMIN: small results made here. */
final class ShowHandlers {
  private final QueryEngine engine;
  private final SessionState state;

  ShowHandlers(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
  }

  StatementResult show(Statement.Show statement, Call call) {
    Optional<SqlNode> asQuery = asQuery(statement);
    if (asQuery.isPresent()) {
      StatementPlanner.Planned planned = engine.planner().query(asQuery.get(), call.scope());
      return call.rows(planned.columns(), planned.open(call.context()));
    }
    ShowResult all = shower().show(statement);
    if (statement.where().isEmpty()) {
      return call.rows(all);
    }
    SqlNode query = ShowTable.query(condition(statement));
    StatementPlanner.Planned planned =
        engine.planner().queryWith(new ShowTable(all, call.context()), query, call.scope());
    return call.rows(all.columns(), planned.open(call.context()));
  }

  /** The query that some SHOWs stand for. */
  private Optional<SqlNode> asQuery(Statement.Show statement) {
    SqlNode all;
    switch (statement.kind()) {
      case TABLE_STATUS -> all = TableStatus.query(statement, shower().database(statement));
      case MIGRATIONS -> all = Migrations.query(statement);
      default -> {
        return Optional.empty();
      }
    }
    if (statement.where().isEmpty()) {
      return Optional.of(all);
    }
    SqlParserPos position = SqlParserPos.ZERO;
    SqlNode rows =
        SqlStdOperatorTable.AS.createCall(position, all, new SqlIdentifier("status", position));
    return Optional.of(ShowTable.filtered(rows, condition(statement)));
  }

  private SqlNode condition(Statement.Show statement) {
    return Values.ofVariables(state.variables()).in(statement.where().orElseThrow());
  }

  StatementResult describe(Statement.Describe statement, Call call) {
    return call.rows(shower().describe(statement));
  }

  /** One row, one column that is named like the statement. */
  StatementResult admin(Statement.Admin statement, Call call) {
    AdminFunction function =
        engine
            .adminFunctions()
            .find(statement.function())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "Admin function not found: " + statement.function()));
    AdminCalls.requireAdmin(state.client());
    Values values = Values.ofAll(state.variables(), call.parameters());
    List<Datum> arguments = new ArrayList<>();
    for (SqlNode argument : statement.arguments()) {
      arguments.add(constant(values.in(argument), function));
    }
    Map<String, Datum> options = new LinkedHashMap<>();
    statement
        .options()
        .forEach((name, value) -> options.put(name, constant(values.in(value), function)));
    AdminCaller caller =
        new AdminCaller(state.database(), state.client().user() + "@" + state.client().host());
    Datum answer = function.run(arguments, options, caller);
    return call.rows(
        new ShowResult.Builder().column(statement.text(), answer.type()).row(answer).build());
  }

  private static Datum constant(SqlNode argument, AdminFunction function) {
    return Literals.datum(argument)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.WRONG_ARGUMENT_TYPE,
                    "Unsupported argument "
                        + argument
                        + " of "
                        + function.name()
                        + ": ADMIN takes literals only"));
  }

  /** The columns that a prepared SHOW, DESC or ADMIN will give; none for other statements. */
  List<ResultColumn> describe(Statement statement, Call call) {
    if (statement instanceof Statement.Show show) {
      Optional<SqlNode> asQuery = asQuery(show);
      return asQuery.isPresent()
          ? engine.planner().query(asQuery.get(), call.scope()).columns()
          : shower().show(show).columns();
    }
    if (statement instanceof Statement.Describe describe) {
      return shower().describe(describe).columns();
    }
    if (statement instanceof Statement.Explain) {
      return List.of(ResultColumn.expression("plan", DataType.STRING));
    }
    if (statement instanceof Statement.Admin admin) {
      DataType type =
          engine
              .adminFunctions()
              .find(admin.function())
              .map(AdminFunction::resultType)
              .orElse(DataType.STRING);
      return List.of(ResultColumn.expression(admin.text(), type));
    }
    return List.of();
  }

  private Shower shower() {
    SessionView view = new SessionView(engine, state);
    return new Shower(
        new ShowContext(
            engine.ports().catalog().snapshot(),
            engine.ports().systemTables(),
            state.database(),
            view,
            List.copyOf(state.problems()),
            state.client(),
            view::planned));
  }
}
