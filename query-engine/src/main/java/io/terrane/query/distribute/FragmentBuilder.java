package io.terrane.query.distribute;

import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.query.catalog.SnapshotTable;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.Placement;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import io.terrane.query.plan.physical.PhysicalNode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what goes down to the regions: each {@code add…} answers the scan with one more step, or
 * empty where the step must stay in the frontend.
 */
public final class FragmentBuilder {
  /** Expressions that grow beyond this by being put into each other stay apart. */
  private static final long EXPRESSION_SIZE_MAX = 200;

  private final ClusterAccess cluster;
  private final CatalogSnapshot snapshot;
  private final FunctionRegistry functions;
  private final boolean isUtc;

  public FragmentBuilder(
      ClusterAccess cluster, CatalogSnapshot snapshot, ExecutionContext context) {
    this.cluster = cluster;
    this.snapshot = snapshot;
    this.functions = context.functions();
    this.isUtc = context.timeZone().normalized().equals(ZoneOffset.UTC);
  }

  /** All rows and columns of a table with regions. */
  public RegionScan scan(SnapshotTable table) {
    List<ScalarExpr> outputs = new ArrayList<>();
    for (ColumnSchema column : table.columns()) {
      outputs.add(new ScalarExpr.ColumnRef(outputs.size(), column.type()));
    }
    List<String> names = table.columns().stream().map(ColumnSchema::name).toList();
    return new RegionScan(
        cluster, snapshot, table, List.of(), outputs, names, new RegionScan.Tail.None());
  }

  private static Optional<RegionScan> open(PhysicalNode input) {
    return input instanceof RegionScan scan && scan.isOpen() ? Optional.of(scan) : Optional.empty();
  }

  public Optional<RegionScan> addFilter(PhysicalNode input, List<ScalarExpr> conditions) {
    Optional<RegionScan> scan = open(input);
    if (scan.isEmpty() || !conditions.stream().allMatch(this::isPortable)) {
      return Optional.empty();
    }
    List<ScalarExpr> filters = new ArrayList<>(scan.get().filters());
    for (ScalarExpr condition : conditions) {
      filters.add(Columns.substitute(condition, scan.get().outputs()));
    }
    return fits(filters)
        ? Optional.of(scan.get().with(filters, scan.get().outputs(), scan.get().names()))
        : Optional.empty();
  }

  public Optional<RegionScan> addProject(
      PhysicalNode input, List<ScalarExpr> expressions, List<String> names) {
    Optional<RegionScan> scan = open(input);
    if (scan.isEmpty() || !expressions.stream().allMatch(this::isPortable)) {
      return Optional.empty();
    }
    List<ScalarExpr> outputs =
        expressions.stream()
            .map(expression -> Columns.substitute(expression, scan.get().outputs()))
            .toList();
    return fits(outputs)
        ? Optional.of(scan.get().with(scan.get().filters(), outputs, names))
        : Optional.empty();
  }

  private static boolean fits(List<ScalarExpr> expressions) {
    return expressions.stream().allMatch(e -> Columns.size(e) <= EXPRESSION_SIZE_MAX);
  }

  public Optional<RegionScan> addAggregate(
      PhysicalNode input, List<Integer> groupBy, List<AggregateCall> calls) {
    return open(input)
        .filter(scan -> calls.stream().allMatch(this::isSplittable))
        .map(scan -> scan.ending(new RegionScan.Tail.Partial(groupBy, calls)));
  }

  public Optional<RegionScan> addTop(PhysicalNode input, List<SortKey> keys, long fetch) {
    return open(input).map(scan -> scan.ending(new RegionScan.Tail.Top(keys, fetch)));
  }

  public Optional<RegionScan> addLimit(PhysicalNode input, long fetch) {
    return open(input).map(scan -> scan.ending(new RegionScan.Tail.Some(fetch)));
  }

  private boolean isSplittable(AggregateCall call) {
    return !call.distinct()
        && call.order().isEmpty()
        && functions.findAggregate(call.function()).orElseThrow().isSplittable();
  }

  /** Means the same on every node, under any clock and time zone. */
  boolean isPortable(ScalarExpr expr) {
    if (!(expr instanceof ScalarExpr.Call call)) {
      return true;
    }
    if (!call.arguments().stream().allMatch(this::isPortable)) {
      return false;
    }
    Optional<ScalarFunction> function = functions.findScalar(call.function());
    return function.isPresent()
        && function.get().volatility() == Volatility.IMMUTABLE
        && function.get().placement() == Placement.ANYWHERE
        && (isUtc
            || !function
                .get()
                .readsTimeZone(
                    call.arguments().stream().map(ScalarExpr::type).toList(), call.type()));
  }
}
