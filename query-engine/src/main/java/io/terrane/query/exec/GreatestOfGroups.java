package io.terrane.query.exec;

import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.api.fragment.ScalarExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a partial aggregation needs of its region where all it asks for is {@code max} of one stored
 * column per value of others: for most tables the last row of each series.
 */
record GreatestOfGroups(Set<String> groups, String greatest) {
  /** Empty if the aggregation needs more, or its rows are changed on the way. */
  static Optional<GreatestOfGroups> of(PlanFragment.PartialAggregate aggregate) {
    Optional<List<String>> columns = stored(aggregate.input());
    if (columns.isEmpty() || aggregate.calls().isEmpty()) {
      return Optional.empty();
    }
    Set<String> greatest = new HashSet<>();
    for (AggregateCall call : aggregate.calls()) {
      boolean isPlain = call.filter().isEmpty() && call.arguments().size() == 1;
      if (!isPlain || !call.function().equals("max")) {
        return Optional.empty();
      }
      greatest.add(columns.get().get(call.arguments().get(0)));
    }
    Set<String> groups = new HashSet<>();
    aggregate.groupBy().forEach(column -> groups.add(columns.get().get(column)));
    return greatest.size() == 1 && !greatest.contains("") && !groups.contains("")
        ? Optional.of(new GreatestOfGroups(groups, greatest.iterator().next()))
        : Optional.empty();
  }

  /** The stored columns' names, "" for what is computed; empty if rows are dropped or added. */
  private static Optional<List<String>> stored(PlanFragment fragment) {
    if (fragment instanceof PlanFragment.ScanRegion scan) {
      return Optional.of(scan.columns());
    } else if (fragment instanceof PlanFragment.Filter filter) {
      return VectorFragmentRunner.isScansOwn(filter) ? stored(filter.input()) : Optional.empty();
    } else if (fragment instanceof PlanFragment.Project project) {
      return stored(project.input())
          .map(
              below ->
                  project.expressions().stream()
                      .map(
                          expr ->
                              expr instanceof ScalarExpr.ColumnRef c ? below.get(c.index()) : "")
                      .toList());
    }
    return Optional.empty();
  }

  /** The same regions, asked for no more than that. */
  RegionSource of(RegionSource source) {
    return scan -> source.openGreatest(scan, groups, greatest);
  }
}
