package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.ParsedStatement;
import io.terrane.query.parse.ShowKind;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.Statement.TransactionAction;
import io.terrane.query.parse.StatementSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes each kind of statement to what runs it. One per session, on its thread. */
final class StatementExecutor {
  /** Runs one kind of statement. */
  private interface Handler<S> {
    StatementResult run(S statement, Call call);
  }

  private final QueryEngine engine;
  private final SessionState state;
  private final QueryHandlers queries;
  private final Map<Class<?>, Handler<Statement>> handlers = new HashMap<>();

  StatementExecutor(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
    this.queries = new QueryHandlers(engine, state);
    on(Statement.Query.class, queries::query);
    on(Statement.Explain.class, queries::explain);
    on(Statement.Insert.class, queries::insert);
    on(Statement.LoadData.class, new LoadHandler(engine, state)::load);
    on(Statement.Delete.class, queries::delete);
    on(Statement.Update.class, queries::update);
    DdlHandlers ddl = new DdlHandlers(engine, state);
    on(Statement.CreateDatabase.class, ddl::createDatabase);
    on(Statement.AlterDatabase.class, ddl::alterDatabase);
    on(Statement.DropDatabase.class, ddl::dropDatabase);
    on(Statement.CreateTable.class, ddl::createTable);
    on(Statement.CreateTableAs.class, new CreateTableAs(engine, state, queries)::run);
    on(Statement.CreateTableLike.class, ddl::createTableLike);
    on(Statement.AlterTable.class, ddl::alterTable);
    on(Statement.RenameTables.class, ddl::renameTables);
    on(Statement.CreateIndex.class, ddl::createIndex);
    on(Statement.DropIndex.class, ddl::dropIndex);
    on(Statement.DropTable.class, ddl::dropTable);
    on(Statement.CreateView.class, ddl::createView);
    on(Statement.DropView.class, ddl::dropView);
    on(Statement.Truncate.class, ddl::truncate);
    SessionHandlers session = new SessionHandlers(engine, state, queries);
    on(Statement.Use.class, session::use);
    on(Statement.SetVariables.class, session::set);
    on(Statement.Transaction.class, this::transaction);
    on(Statement.Kill.class, session::kill);
    on(Statement.Prepare.class, session::prepare);
    on(Statement.Deallocate.class, session::deallocate);
    on(Statement.Execute.class, (execute, call) -> execute(session, execute, call));
    ShowHandlers show = new ShowHandlers(engine, state);
    on(Statement.Show.class, show::show);
    on(Statement.Describe.class, show::describe);
    on(Statement.Admin.class, show::admin);
    on(Statement.NoEffect.class, (statement, call) -> Affected.NOTHING);
    on(Statement.Unsupported.class, (statement, call) -> unsupported(statement));
  }

  private <S extends Statement> void on(Class<S> kind, Handler<S> handler) {
    handlers.put(kind, (statement, call) -> handler.run(kind.cast(statement), call));
  }

  /** Runs a statement; a result of rows ends {@code running} when it is closed. */
  StatementResult execute(
      ParsedStatement parsed, List<Datum> parameters, RunningStatement running) {
    if (!isDiagnostic(parsed.statement())) {
      state.problems().clear();
    }
    Call call = new Call(engine, state, running, parameters);
    StatementResult result =
        handlers.get(parsed.statement().getClass()).run(parsed.statement(), call);
    if (result instanceof Affected affected) {
      state.changedRows(affected.count());
    }
    return result;
  }

  /** Runs a plain INSERT; empty, with nothing done, if it is not plain after all. */
  Optional<StatementResult> insert(
      InsertText text, List<Datum> parameters, RunningStatement running) {
    state.problems().clear();
    Optional<StatementResult> result =
        queries.insert(text, new Call(engine, state, running, parameters));
    result.ifPresent(written -> state.changedRows(((Affected) written).count()));
    return result;
  }

  /** A plan of a query that was run before; empty for all else. */
  Optional<StatementPlanner.Planned> known(StatementSource source, List<Datum> parameters) {
    return source
        .template()
        .flatMap(
            template -> engine.planner().known(template, Call.scope(engine, state, parameters)));
  }

  /** Runs a plan; the result ends {@code running} when it is closed. */
  StatementResult execute(StatementPlanner.Planned plan, RunningStatement running) {
    state.problems().clear();
    return queries.run(plan, new Call(engine, state, running, List.of()));
  }

  /** The columns a statement will give, as far as they are known before it has its parameters. */
  List<ResultColumn> describe(ParsedStatement parsed) {
    RunningStatement running =
        new RunningStatement(
            engine.runtime().allocator(),
            engine.config().queryMemoryBytesMax(),
            parsed.text(),
            engine.runtime().ticker().nanos(),
            () -> {});
    try {
      if (parsed.statement() instanceof Statement.Query query) {
        return queries.describe(query, parsed.parameters());
      }
      ShowHandlers show = new ShowHandlers(engine, state);
      return show.describe(parsed.statement(), new Call(engine, state, running, List.of()));
    } finally {
      running.end();
    }
  }

  private static boolean isDiagnostic(Statement statement) {
    return statement instanceof Statement.Show show
        && (show.kind() == ShowKind.WARNINGS || show.kind() == ShowKind.ERRORS);
  }

  private StatementResult execute(SessionHandlers session, Statement.Execute execute, Call call) {
    ParsedStatement prepared = session.prepared(execute.name());
    List<Datum> arguments = session.arguments(execute, call);
    if (arguments.size() != prepared.parameters()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Incorrect arguments to EXECUTE: "
              + arguments.size()
              + " values for "
              + prepared.parameters()
              + " parameters");
    }
    return execute(prepared, arguments, call.running());
  }

  private StatementResult transaction(Statement.Transaction statement, Call call) {
    if (statement.action() == TransactionAction.BEGIN) {
      state.begin();
    } else if (statement.action() != TransactionAction.SAVEPOINT) {
      boolean wrote = state.endTransaction();
      if (wrote && statement.action() == TransactionAction.ROLLBACK) {
        state.warn(
            "Warning", 1196, "Some non-transactional changed tables couldn't be rolled back");
      }
    }
    return new Affected(0, 0, "", state.problems().size());
  }

  private static StatementResult unsupported(Statement.Unsupported statement) {
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "This version doesn't yet support '" + statement.what() + "'");
  }
}
