package io.terrane.query;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.query.distribute.RegionReader;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** The planner and the executors of writes behind one face. */
final class PlannerAdapter implements StatementPlanner {
  private final QueryPlanner planner;

  PlannerAdapter(
      QueryConfig config, QueryPorts ports, QueryRuntime runtime, FunctionRegistry functions) {
    RegionReader reader =
        new RegionReader(
            ports.datanodes(), ports.catalog(), runtime.ticker(), config.readRetryMax());
    planner =
        new QueryPlanner(
            functions,
            ports.systemTables(),
            definition -> SqlParsing.parseQuery(definition, MySqlLexis.DEFAULT),
            reader);
  }

  @Override
  public Planned query(SqlNode query, PlanContext scope) {
    PlannedQuery planned = planner.plan(query, scope);
    return new Planned() {
      @Override
      public List<ResultColumn> columns() {
        return planned.columns();
      }

      @Override
      public BatchStream open(ExecutionContext context) {
        return planned.open(context);
      }

      @Override
      public String explain() {
        return planned.explain();
      }
    };
  }

  @Override
  public AffectedRows insert(
      Statement.Insert statement, PlanContext scope, ExecutionContext context) {
    throw notYet("INSERT");
  }

  @Override
  public AffectedRows delete(
      Statement.Delete statement, PlanContext scope, ExecutionContext context) {
    throw notYet("DELETE");
  }

  @Override
  public AffectedRows update(
      Statement.Update statement, PlanContext scope, ExecutionContext context) {
    throw notYet("UPDATE");
  }

  private static TerraneException notYet(String what) {
    return new TerraneException(
        ErrorCode.UNSUPPORTED, "This version doesn't yet support '" + what + "'");
  }
}
