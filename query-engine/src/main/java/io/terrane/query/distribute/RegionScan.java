package io.terrane.query.distribute;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DataType;
import io.terrane.api.table.TableInfo;
import io.terrane.query.catalog.SnapshotTable;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.physical.OperatorText;
import io.terrane.query.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * A table's regions with what runs on their datanodes. Conditions and outputs are over the table's
 * columns.
 *
 * @param filters conditions, all of which hold
 * @param outputs the columns that the fragment's last step reads, or gives if there is none
 * @param tail the fragment's last step
 */
public record RegionScan(
    ClusterAccess cluster,
    CatalogSnapshot snapshot,
    SnapshotTable table,
    List<ScalarExpr> filters,
    List<ScalarExpr> outputs,
    List<String> names,
    Tail tail)
    implements PhysicalNode {
  /** What a fragment does last. */
  public sealed interface Tail {
    /** Nothing more. */
    record None() implements Tail {}

    /** States of groups. */
    record Partial(List<Integer> groupBy, List<io.terrane.api.fragment.AggregateCall> calls)
        implements Tail {}

    /** The first rows in an order. */
    record Top(List<SortKey> keys, long fetch) implements Tail {}

    /** Any rows. */
    record Some(long fetch) implements Tail {}
  }

  public RegionScan {
    filters = List.copyOf(filters);
    outputs = List.copyOf(outputs);
    names = List.copyOf(names);
  }

  /** Whether more steps may be added. */
  public boolean isOpen() {
    return tail instanceof Tail.None;
  }

  RegionScan with(List<ScalarExpr> newFilters, List<ScalarExpr> newOutputs, List<String> newNames) {
    return new RegionScan(cluster, snapshot, table, newFilters, newOutputs, newNames, tail);
  }

  RegionScan ending(Tail last) {
    return new RegionScan(cluster, snapshot, table, filters, outputs, names, last);
  }

  @Override
  public List<DataType> types() {
    return outputs.stream().map(ScalarExpr::type).toList();
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  private TableInfo info() {
    return table.stored().orElseThrow();
  }

  List<RegionId> regions() {
    return RegionPruner.regions(info(), filters).stream()
        .map(number -> RegionId.of(info().id(), number))
        .toList();
  }

  PlanFragment fragment(RegionId region) {
    TreeSet<Integer> used = new TreeSet<>();
    filters.forEach(filter -> columns(filter, used));
    outputs.forEach(output -> columns(output, used));
    List<Integer> columns = List.copyOf(used);
    List<String> read = columns.stream().map(index -> table.columns().get(index).name()).toList();
    List<ScalarExpr> conditions =
        filters.stream().map(filter -> Columns.renumber(filter, columns::indexOf)).toList();
    Optional<ScalarExpr> condition =
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(
                conditions.size() == 1
                    ? conditions.get(0)
                    : new ScalarExpr.Call("and", conditions, DataType.BOOLEAN));
    PlanFragment fragment =
        new PlanFragment.ScanRegion(region, info().schema().version(), read, condition);
    if (condition.isPresent()) {
      fragment = new PlanFragment.Filter(fragment, condition.get());
    }
    List<ScalarExpr> results =
        outputs.stream().map(output -> Columns.renumber(output, columns::indexOf)).toList();
    if (!Columns.isIdentity(results, columns.size()) || !read.equals(names)) {
      fragment = new PlanFragment.Project(fragment, results, names);
    }
    if (tail instanceof Tail.Partial partial) {
      return new PlanFragment.PartialAggregate(fragment, partial.groupBy(), partial.calls());
    } else if (tail instanceof Tail.Top top) {
      return new PlanFragment.TopN(fragment, top.keys(), top.fetch());
    } else if (tail instanceof Tail.Some some) {
      return new PlanFragment.Limit(fragment, some.fetch());
    }
    return fragment;
  }

  private static void columns(ScalarExpr expr, TreeSet<Integer> used) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      used.add(ref.index());
    } else if (expr instanceof ScalarExpr.Call call) {
      call.arguments().forEach(argument -> columns(argument, used));
    }
  }

  @Override
  public PhysicalNode over(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public BatchStream open(ExecutionContext context) {
    return open(context, (region, reader) -> reader);
  }

  /** The same scan with more conditions over its outputs; itself if it has a tail. */
  public RegionScan narrowed(List<ScalarExpr> conditions) {
    if (!isOpen()) {
      return this;
    }
    List<ScalarExpr> all = new ArrayList<>(filters);
    conditions.forEach(condition -> all.add(Columns.substitute(condition, outputs)));
    return with(all, outputs, names);
  }

  @Override
  public BatchStream openNarrowed(ExecutionContext context, List<ScalarExpr> conditions) {
    return narrowed(conditions).open(context);
  }

  /** Opens with something around the reader of each region, in the order of {@link #describe}. */
  public BatchStream open(
      ExecutionContext context, BiFunction<RegionId, BatchStream, BatchStream> around) {
    List<BatchStream> readers = new ArrayList<>();
    for (RegionId region : regions()) {
      readers.add(
          around.apply(
              region,
              new RegionReader(
                  cluster, snapshot, info(), region, fragment(region), context.allocator())));
    }
    if (readers.size() == 1) {
      return readers.get(0);
    }
    try {
      return new RegionExchange(context, cluster, readers);
    } catch (RuntimeException failure) {
      readers.forEach(BatchStream::close);
      throw failure;
    }
  }

  @Override
  public OperatorText describe() {
    List<RegionId> regions = regions();
    List<OperatorText.Region> places = new ArrayList<>();
    for (RegionId region : regions) {
      String node =
          snapshot
              .findRegion(region)
              .map(RegionRoute::leader)
              .map(leader -> "datanode " + leader)
              .orElse("no route");
      places.add(new OperatorText.Region(region.toString(), node, Optional.empty()));
    }
    return new OperatorText(
        "Exchange",
        "regions=" + regions.size() + "/" + info().partitionRule().regionCount(),
        places,
        FragmentText.of(fragment(regions.get(0)), table.name().toString()),
        Optional.empty());
  }
}
