package io.terrane.query;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.show.ShowResult;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One execution of one statement: what its handler needs of the engine and the session. */
record Call(
    QueryEngine engine, SessionState state, RunningStatement running, List<Datum> parameters) {

  ExecutionContext context() {
    String version = engine.config().version();
    return ExecutionContext.builder(
            running.allocator(), engine.functions(), engine.runtime().clock())
        .timeZone(state.variables().timeZone())
        .random(random())
        .cancelled(running::isStopped)
        .session(name -> state.fact(name, version))
        .frontend(new SessionView(engine, state))
        .spill(engine.spill())
        .build();
  }

  private SplittableRandom random() {
    synchronized (engine.runtime().random()) {
      return new SplittableRandom(engine.runtime().random().nextLong());
    }
  }

  /** What queries are planned with: the snapshot of this moment. */
  PlanContext scope() {
    return scope(engine, state, parameters);
  }

  static PlanContext scope(QueryEngine engine, SessionState state, List<Datum> parameters) {
    return new PlanContext(
        engine.ports().catalog().snapshot(),
        state.database(),
        Optional.of(parameters),
        name -> Optional.empty());
  }

  /** A result in memory. */
  StatementResult rows(ShowResult result) {
    BatchStream stream =
        new ValuesOperator(context(), result.names(), result.types(), result.rows());
    return rows(result.columns(), stream);
  }

  /** A stream that ends this statement when it is closed. */
  StatementResult rows(List<ResultColumn> columns, BatchStream stream) {
    return new StatementResult.Rows(
        columns, new StatementStream(stream, running, state::foundRows), state.problems().size());
  }
}
