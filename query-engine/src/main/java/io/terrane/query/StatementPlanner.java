package io.terrane.query;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.VirtualTable;
import io.terrane.api.time.Ticker;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.Statement;
import io.terrane.query.parse.StatementTemplate;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.PlanReport;
import io.terrane.query.plan.physical.PlanTree;
import io.terrane.query.write.FileLoad;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** Queries and writes, as the executor of statements sees them; thread-safe, may block. */
interface StatementPlanner {
  /** A query that is ready to run. */
  interface Planned {
    List<ResultColumn> columns();

    /** Whether the query itself says how many rows it gives at most. */
    boolean isLimited();

    BatchStream open(ExecutionContext context);

    /** What runs where. */
    PlanTree explain(ExecutionContext context);

    /** Runs the query, and tells also what each operator and region gave, and when. */
    PlanReport analyze(ExecutionContext context, Ticker ticker);
  }

  Planned query(SqlNode query, PlanContext scope);

  /** As {@link #query}, of a query that may be planned once and run often. */
  Planned shared(StatementTemplate template, SqlNode query, PlanContext scope);

  /** A query that is planned already. */
  Optional<Planned> known(StatementTemplate template, PlanContext scope);

  /** A query that may also read {@code table}. */
  Planned queryWith(VirtualTable table, SqlNode query, PlanContext scope);

  /** Writes the rows of a plain INSERT; empty, with nothing done, if it is not plain after all. */
  Optional<AffectedRows> insert(InsertText text, PlanContext scope, ExecutionContext context);

  AffectedRows insert(Statement.Insert statement, PlanContext scope, ExecutionContext context);

  /**
   * A file's rows on their way into a table.
   *
   * @param recordBytesMax of one row's text
   */
  FileLoad load(
      Statement.LoadData statement,
      int recordBytesMax,
      PlanContext scope,
      ExecutionContext context);

  AffectedRows delete(Statement.Delete statement, PlanContext scope, ExecutionContext context);

  AffectedRows update(Statement.Update statement, PlanContext scope, ExecutionContext context);
}
