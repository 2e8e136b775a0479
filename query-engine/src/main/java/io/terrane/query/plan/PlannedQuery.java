package io.terrane.query.plan;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.time.Ticker;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.physical.MeasuredNode;
import io.terrane.query.plan.physical.PhysicalNode;
import io.terrane.query.plan.physical.PlanTree;
import io.terrane.query.plan.physical.RowEstimates;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** A query ready to be run, any number of times. Immutable. */
public final class PlannedQuery {
  /** Makes operators of a plan's relational form. */
  @FunctionalInterface
  interface Physical {
    PhysicalNode of(
        RelNode rel, Binding binding, ExecutionContext execution, RowEstimates estimates);
  }

  /**
   * What an execution of a plan brings along.
   *
   * @param catalog has the routes
   * @param constants what is in the slots of the query's template
   */
  record Binding(CatalogSnapshot catalog, String database, List<Datum> constants) {
    Binding {
      constants = List.copyOf(constants);
    }
  }

  /**
   * What all executions share.
   *
   * @param limited whether the query has a LIMIT of its own
   */
  record Shared(
      List<ResultColumn> columns,
      int parameterCount,
      boolean limited,
      RelNode rel,
      CatalogUse names,
      Physical physical) {
    Shared {
      columns = List.copyOf(columns);
    }
  }

  private final Shared shared;
  private final Binding binding;

  PlannedQuery(Shared shared, Binding binding) {
    this.shared = shared;
    this.binding = binding;
  }

  /** The plan for another execution. */
  PlannedQuery under(PlanContext context, List<Datum> constants) {
    return new PlannedQuery(shared, new Binding(context.catalog(), context.database(), constants));
  }

  /** The plan without what belongs to one execution. */
  PlannedQuery shared() {
    return new PlannedQuery(shared, new Binding(CatalogSnapshot.EMPTY, "", List.of()));
  }

  boolean holdsIn(CatalogSnapshot catalog) {
    return shared.names().holdsIn(catalog);
  }

  /** How many nodes the relational form has. */
  int nodes() {
    return nodes(shared.rel());
  }

  private static int nodes(RelNode rel) {
    return 1 + rel.getInputs().stream().mapToInt(PlannedQuery::nodes).sum();
  }

  /** What clients are told; types are those of the stream's columns. */
  public List<ResultColumn> columns() {
    return shared.columns();
  }

  /** How many {@code ?} markers the query has. */
  public int parameterCount() {
    return shared.parameterCount();
  }

  /** Whether the query itself says how many rows it gives at most. */
  public boolean isLimited() {
    return shared.limited();
  }

  List<DataType> types() {
    return columns().stream().map(ResultColumn::type).toList();
  }

  private PhysicalNode physical(ExecutionContext context, RowEstimates estimates) {
    return shared.physical().of(shared.rel(), binding, context, estimates);
  }

  /** Constants are folded and work is handed to the regions under this context. */
  public BatchStream open(ExecutionContext context) {
    return physical(context, new RowEstimates()).open(context);
  }

  /** The operators and how many rows each is expected to give. */
  public PlanTree explain(ExecutionContext context) {
    RowEstimates estimates = new RowEstimates();
    return PlanTree.of(physical(context, estimates), estimates);
  }

  /** Runs the query, and gives the plan with what each operator and region gave, and when. */
  public PlanReport analyze(ExecutionContext context, Ticker ticker) {
    RowEstimates estimates = new RowEstimates();
    MeasuredNode plan = MeasuredNode.of(physical(context, estimates), ticker);
    long started = ticker.nanos();
    try (BatchStream stream = plan.open(context)) {
      while (stream.advance(batch -> {})) {
        context.checkCancelled();
      }
    }
    return new PlanReport(
        PlanTree.of(plan, estimates),
        plan.rows(),
        (ticker.nanos() - started) / 1_000,
        context.allocator().getPeakMemoryAllocation(),
        plan.traffic());
  }
}
