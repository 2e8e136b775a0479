package io.terrane.query;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.VirtualTable;
import io.terrane.api.time.Ticker;
import io.terrane.query.distribute.ClusterAccess;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.StatementTemplate;
import io.terrane.query.plan.PlanCache;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlanReport;
import io.terrane.query.plan.PlannedQuery;
import io.terrane.query.plan.QueryPlanner;
import io.terrane.query.plan.physical.PlanTree;
import io.terrane.query.write.ChangeExecutor;
import io.terrane.query.write.FileLoad;
import io.terrane.query.write.InsertExecutor;
import io.terrane.query.write.PlainInserts;
import io.terrane.query.write.RegionWriter;
import io.terrane.query.write.WriteIds;
import io.terrane.query.write.WriteStalls;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** The planner and the executors of writes behind one face. */
final class PlannerAdapter implements StatementPlanner {
  private final QueryPlanner planner;
  private final PlainInserts plainInserts;
  private final PlanCache plans;
  private final InsertExecutor inserts;
  private final ChangeExecutor changes;

  PlannerAdapter(
      QueryConfig config,
      QueryPorts ports,
      QueryRuntime runtime,
      FunctionRegistry functions,
      WriteStalls stalls) {
    ClusterAccess cluster =
        new ClusterAccess(
            ports.catalog(),
            ports.datanodes(),
            runtime.executor(),
            runtime.ticker(),
            ClusterAccess.SCAN_PARALLELISM_DEFAULT,
            config.moveHoldMax(),
            ClusterAccess.RETRY_INTERVAL_DEFAULT);
    planner =
        new QueryPlanner(
            functions,
            ports.systemTables(),
            ports.sizes(),
            definition -> SqlParsing.parseQuery(definition, MySqlLexis.DEFAULT),
            cluster);
    plans = new PlanCache(planner, config.planCacheBytesMax());
    RegionWriter writer =
        new RegionWriter(
            ports.datanodes(), ports.catalog(), runtime.ticker(), config.moveHoldMax(), stalls);
    WriteIds ids = new WriteIds(runtime.random());
    plainInserts = new PlainInserts(writer, ids);
    inserts = new InsertExecutor(planner, writer, ids);
    changes = new ChangeExecutor(planner, writer, ids);
  }

  @Override
  public Planned query(SqlNode query, PlanContext scope) {
    return planned(planner.plan(query, scope));
  }

  @Override
  public Planned shared(StatementTemplate template, SqlNode query, PlanContext scope) {
    return planned(plans.plan(template, query, scope));
  }

  @Override
  public Optional<Planned> known(StatementTemplate template, PlanContext scope) {
    return plans.find(template, scope).map(PlannerAdapter::planned);
  }

  @Override
  public Planned queryWith(VirtualTable table, SqlNode query, PlanContext scope) {
    return planned(planner.planWith(table, query, scope));
  }

  private static Planned planned(PlannedQuery planned) {
    return new Planned() {
      @Override
      public List<ResultColumn> columns() {
        return planned.columns();
      }

      @Override
      public boolean isLimited() {
        return planned.isLimited();
      }

      @Override
      public BatchStream open(ExecutionContext context) {
        return planned.open(context);
      }

      @Override
      public PlanTree explain(ExecutionContext context) {
        return planned.explain(context);
      }

      @Override
      public PlanReport analyze(ExecutionContext context, Ticker ticker) {
        return planned.analyze(context, ticker);
      }
    };
  }

  @Override
  public Optional<AffectedRows> insert(
      InsertText text, PlanContext scope, ExecutionContext context) {
    return plainInserts.execute(text, scope, context);
  }

  @Override
  public AffectedRows insert(
      Statement.Insert statement, PlanContext scope, ExecutionContext context) {
    return inserts.execute(statement, scope, context);
  }

  @Override
  public FileLoad load(
      Statement.LoadData statement,
      int recordBytesMax,
      PlanContext scope,
      ExecutionContext context) {
    return new FileLoad(inserts, statement, recordBytesMax, scope, context);
  }

  @Override
  public AffectedRows delete(
      Statement.Delete statement, PlanContext scope, ExecutionContext context) {
    return changes.delete(statement, scope, context);
  }

  @Override
  public AffectedRows update(
      Statement.Update statement, PlanContext scope, ExecutionContext context) {
    return changes.update(statement, scope, context);
  }
}
