package io.terrane.api.fragment;

import io.terrane.api.region.RegionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a plan that runs where a region is. Every case has an encoder, a decoder, a runner
 * and a test that lists them all.
 */
public sealed interface PlanFragment {
  /**
   * The region's live rows.
   *
   * @param columns names in output order, the hidden row id allowed; possibly empty (row count
   *     only)
   * @param schemaVersion of the table's schema that the columns are named by; a region that is
   *     under another refuses with SCHEMA_CHANGED
   * @param predicate over the output columns; the storage may use it to skip data and need not
   *     apply it: a {@link Filter} above always does
   */
  record ScanRegion(
      RegionId region, int schemaVersion, List<String> columns, Optional<ScalarExpr> predicate)
      implements PlanFragment {
    public ScanRegion {
      columns = List.copyOf(columns);
    }
  }

  /** Rows for which the predicate is true. */
  record Filter(PlanFragment input, ScalarExpr predicate) implements PlanFragment {}

  /** One output column per expression. */
  record Project(PlanFragment input, List<ScalarExpr> expressions, List<String> names)
      implements PlanFragment {
    public Project {
      expressions = List.copyOf(expressions);
      names = List.copyOf(names);
    }
  }

  /**
   * Group columns, then for each call its state columns (layout: the aggregate function's).
   *
   * @param groupBy input columns; empty: one row always
   */
  record PartialAggregate(PlanFragment input, List<Integer> groupBy, List<AggregateCall> calls)
      implements PlanFragment {
    public PartialAggregate {
      groupBy = List.copyOf(groupBy);
      calls = List.copyOf(calls);
    }
  }

  /** The first {@code fetch} rows in the order of {@code keys}, sorted. */
  record TopN(PlanFragment input, List<SortKey> keys, long fetch) implements PlanFragment {
    public TopN {
      keys = List.copyOf(keys);
    }
  }

  /** Any {@code fetch} rows, or all when there are fewer. */
  record Limit(PlanFragment input, long fetch) implements PlanFragment {}

  /** How many rows the fragment can give at most, where that is known. */
  static OptionalLong maxRows(PlanFragment fragment) {
    if (fragment instanceof Limit limit) {
      return OptionalLong.of(limit.fetch());
    }
    if (fragment instanceof TopN topN) {
      return OptionalLong.of(topN.fetch());
    }
    return OptionalLong.empty();
  }
}
