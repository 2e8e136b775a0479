package io.terrane.query.plan;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.physical.Bindings;
import io.terrane.query.plan.physical.PlanNode;
import java.util.List;

/** A query that can be run, any number of times, against the snapshot it was planned with. */
public final class PlannedQuery {
  private final List<ResultColumn> columns;
  private final PlanNode root;

  PlannedQuery(List<ResultColumn> columns, PlanNode root) {
    this.columns = List.copyOf(columns);
    this.root = root;
  }

  /** One per column of the stream. */
  public List<ResultColumn> columns() {
    return columns;
  }

  /** Begins to run; the caller closes the stream. Blocks as the stream's reading does. */
  public BatchStream open(ExecutionContext context) {
    return root.open(context, Bindings.NONE);
  }

  /** The plan as lines, operators above what they read; says what runs where. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    root.explain(text, 0);
    return text.toString().stripTrailing();
  }
}
