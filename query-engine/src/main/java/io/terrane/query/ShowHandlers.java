package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.ViewInfo;
import io.terrane.query.function.admin.AdminFunction;
import io.terrane.query.parse.Literals;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.show.ShowContext;
import io.terrane.query.show.ShowContext.SessionLine;
import io.terrane.query.show.ShowResult;
import io.terrane.query.show.ShowTable;
import io.terrane.query.show.Shower;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;

/** SHOW, DESC and ADMIN: small results made here. */
final class ShowHandlers {
  private final QueryEngine engine;
  private final SessionState state;

  ShowHandlers(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
  }

  StatementResult show(Statement.Show statement, Call call) {
    ShowResult all = shower().show(statement);
    if (statement.where().isEmpty()) {
      return call.rows(all);
    }
    SqlNode condition = Values.ofVariables(state.variables()).in(statement.where().get());
    StatementPlanner.Planned planned =
        engine
            .planner()
            .queryWith(
                new ShowTable(all, call.context()), ShowTable.query(condition), call.scope());
    return call.rows(all.columns(), planned.open(call.context()));
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
    Values values = Values.ofAll(state.variables(), call.parameters());
    List<Datum> arguments = new ArrayList<>();
    for (SqlNode argument : statement.arguments()) {
      arguments.add(
          Literals.datum(values.in(argument))
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.WRONG_ARGUMENT_TYPE,
                          "Unsupported argument "
                              + argument
                              + " of "
                              + function.name()
                              + ": ADMIN takes literals only")));
    }
    Datum answer = function.run(arguments, state.database());
    return call.rows(
        new ShowResult.Builder().column(statement.text(), answer.type()).row(answer).build());
  }

  /** The columns that a prepared SHOW, DESC or ADMIN will give; none for other statements. */
  List<ResultColumn> describe(Statement statement, Call call) {
    if (statement instanceof Statement.Show show) {
      return shower().show(show).columns();
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
    return new Shower(
        new ShowContext(
            engine.ports().catalog().snapshot(),
            engine.ports().systemTables(),
            state.database(),
            state.variables().shown(),
            status(),
            List.copyOf(state.problems()),
            sessions(),
            state.client().user() + "@" + state.client().host(),
            this::columns));
  }

  private List<ColumnSchema> columns(ViewInfo view) {
    SqlNode query = SqlParsing.parseQuery(view.definition(), MySqlLexis.DEFAULT);
    List<ResultColumn> columns =
        engine
            .planner()
            .query(query, new PlanContext(engine.ports().catalog().snapshot(), view.database()))
            .columns();
    List<ColumnSchema> schema = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = view.columns().isEmpty() ? columns.get(i).name() : view.columns().get(i);
      schema.add(ColumnSchema.field(i, name, columns.get(i).type()));
    }
    return schema;
  }

  private Map<String, String> status() {
    Map<String, String> status = new TreeMap<>();
    status.put("Ssl_cipher", "");
    status.put("Ssl_version", "");
    status.put("Threads_connected", Integer.toString(engine.sessions().size()));
    status.put(
        "Threads_running",
        Long.toString(sessions().stream().filter(s -> s.command().equals("Query")).count()));
    status.put("Uptime", Long.toString(engine.uptimeSeconds()));
    return status;
  }

  private List<SessionLine> sessions() {
    long now = engine.runtime().ticker().nanos();
    return engine.sessions().stream()
        .map(session -> line(session, now))
        .sorted(Comparator.comparingLong(SessionLine::id))
        .toList();
  }

  private static SessionLine line(QuerySession session, long now) {
    SessionState other = session.state();
    RunningStatement running = session.running();
    boolean busy = running != null && !running.hasEnded();
    return new SessionLine(
        other.client().connectionId(),
        other.client().user(),
        other.client().host(),
        other.database(),
        busy ? "Query" : "Sleep",
        busy ? (now - running.startedNanos()) / 1_000_000_000L : 0,
        busy ? running.text() : "");
  }
}
