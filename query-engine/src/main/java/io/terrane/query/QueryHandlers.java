package io.terrane.query;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.LimitOperator;
import io.terrane.query.expr.Batch;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.Literals;
import io.terrane.query.parse.Selects;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.Statement.Assignment;
import io.terrane.query.plan.Explanation;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.physical.OperatorText;
import io.terrane.query.plan.physical.PlanTree;
import io.terrane.query.show.ShowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUpdate;

/** Queries and writes. */
final class QueryHandlers {
  private final QueryEngine engine;
  private final SessionState state;

  QueryHandlers(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
  }

  StatementResult query(Statement.Query query, Call call) {
    AdminCalls.check(query.node(), engine.adminFunctions(), state.client());
    return run(planned(query, call), call);
  }

  private StatementPlanner.Planned planned(Statement.Query query, Call call) {
    StatementPlanner planner = engine.planner();
    PlanContext scope = call.scope();
    if (query.template().isEmpty() || AdminCalls.isIn(query.node(), engine.adminFunctions())) {
      return planner.query(variables().in(query.node()), scope);
    }
    return planner
        .known(query.template().get(), scope)
        .orElseGet(() -> planner.shared(query.template().get(), query.node(), scope));
  }

  /** Runs a query that has been planned. */
  StatementResult run(StatementPlanner.Planned planned, Call call) {
    state
        .variables()
        .executionTimeMax()
        .ifPresent(time -> call.running().limit(time, engine.runtime().scheduler()));
    ExecutionContext context = call.context();
    BatchStream stream = planned.open(context);
    long limit = state.variables().selectLimit();
    if (limit >= 0 && !planned.isLimited()) {
      stream = new LimitOperator(context, stream, 0, limit);
    }
    return call.rows(planned.columns(), stream);
  }

  /** The columns of a query whose parameters are not known yet. */
  List<ResultColumn> describe(Statement.Query query, int parameters) {
    AdminCalls.check(query.node(), engine.adminFunctions(), state.client());
    PlanContext scope =
        new PlanContext(
            engine.ports().catalog().snapshot(),
            state.database(),
            parameters == 0 ? Optional.of(List.of()) : Optional.empty(),
            name -> Optional.empty());
    return engine.planner().query(variables().in(query.node()), scope).columns();
  }

  StatementResult explain(Statement.Explain explain, Call call) {
    AdminCalls.check(explain.query(), engine.adminFunctions(), state.client());
    StatementPlanner.Planned planned =
        engine.planner().query(variables().in(explain.query()), call.scope());
    Explanation answer =
        explain.analyze()
            ? planned.analyze(call.context(), engine.runtime().ticker())
            : explained(explain, planned.explain(call.context()));
    if (explain.json()) {
      return call.rows(ShowResult.of("EXPLAIN").row(answer.toJson().toPrettyString()).build());
    }
    ShowResult.Builder lines = ShowResult.of("plan");
    answer.toText().lines().forEach(lines::row);
    return call.rows(lines.build());
  }

  private static PlanTree explained(Statement.Explain explain, PlanTree query) {
    return explain.change().map(OperatorText::of).map(query::under).orElse(query);
  }

  StatementResult insert(Statement.Insert insert, Call call) {
    AdminCalls.refuse(insert.node().getSource(), engine.adminFunctions());
    Values variables = variables();
    SqlInsert read = insert.node();
    SqlInsert node =
        new SqlInsert(
            read.getParserPosition(),
            SqlNodeList.EMPTY,
            read.getTargetTable(),
            variables.in(read.getSource()),
            read.getTargetColumnList());
    insert
        .onDuplicateKey()
        .forEach(update -> AdminCalls.refuse(update.value(), engine.adminFunctions()));
    List<Assignment> updates =
        insert.onDuplicateKey().stream()
            .map(update -> new Assignment(update.column(), variables.in(update.value())))
            .toList();
    state.wrote();
    long count =
        engine
            .planner()
            .insert(
                new Statement.Insert(node, insert.mode(), insert.newRow(), updates),
                call.scope(),
                call.context())
            .count();
    boolean several =
        updates.isEmpty()
            && read.getSource() instanceof SqlCall values
            && (values.getKind() != SqlKind.VALUES || values.operandCount() > 1);
    return inserted(count, several);
  }

  /** A plain INSERT; empty, with nothing done, if it is not plain after all. */
  Optional<StatementResult> insert(InsertText text, Call call) {
    Optional<AffectedRows> written = engine.planner().insert(text, call.scope(), call.context());
    written.ifPresent(rows -> state.wrote());
    return written.map(rows -> inserted(rows.count(), text.rows() > 1));
  }

  private StatementResult inserted(long count, boolean several) {
    String info = several ? "Records: " + count + "  Duplicates: 0  Warnings: 0" : "";
    return new Affected(count, 0, info, state.problems().size());
  }

  StatementResult delete(Statement.Delete delete, Call call) {
    AdminCalls.refuse(delete.node(), engine.adminFunctions());
    delete.limit().order().forEach(key -> AdminCalls.refuse(key, engine.adminFunctions()));
    SqlDelete node = (SqlDelete) variables().in(delete.node());
    state.wrote();
    long count =
        engine
            .planner()
            .delete(
                new Statement.Delete(node, delete.limit().map(variables()::in)),
                call.scope(),
                call.context())
            .count();
    return new Affected(count, 0, "", state.problems().size());
  }

  StatementResult update(Statement.Update update, Call call) {
    AdminCalls.refuse(update.node(), engine.adminFunctions());
    update.limit().order().forEach(key -> AdminCalls.refuse(key, engine.adminFunctions()));
    SqlUpdate node = (SqlUpdate) variables().in(update.node());
    state.wrote();
    long count =
        engine
            .planner()
            .update(
                new Statement.Update(node, update.limit().map(variables()::in)),
                call.scope(),
                call.context())
            .count();
    String info = "Rows matched: " + count + "  Changed: " + count + "  Warnings: 0";
    return new Affected(count, 0, info, state.problems().size());
  }

  /** The value of an expression that stands alone, as in SET. */
  Datum evaluate(SqlNode expression, Call call) {
    SqlNode node = Values.ofAll(state.variables(), call.parameters()).in(expression);
    Optional<Datum> literal = Literals.datum(node);
    if (literal.isPresent()) {
      return literal.get();
    }
    SqlNode query = node.isA(SqlKind.QUERY) ? node : Selects.ofExpression(node);
    StatementPlanner.Planned planned = engine.planner().query(query, call.scope());
    List<Datum> values = new ArrayList<>();
    List<DataType> types = planned.columns().stream().map(ResultColumn::type).toList();
    try (BatchStream stream = planned.open(call.context())) {
      Batch batch = new Batch(types);
      while (stream.advance(
          root -> {
            batch.load(root);
            for (int row = 0; row < batch.rows(); row++) {
              values.add(batch.column(0).datumAt(row));
            }
          })) {
        call.running().check();
      }
    }
    if (values.size() > 1) {
      throw new TerraneException(
          ErrorCode.SUBQUERY_RETURNED_MANY_ROWS, "Subquery returns more than 1 row");
    }
    return values.isEmpty() ? Datum.NULL : values.get(0);
  }

  private Values variables() {
    return Values.ofVariables(state.variables());
  }
}
