package io.terrane.query.distribute;

import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.PlanFragment.Filter;
import io.terrane.api.fragment.PlanFragment.Limit;
import io.terrane.api.fragment.PlanFragment.PartialAggregate;
import io.terrane.api.fragment.PlanFragment.Project;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
import io.terrane.api.fragment.PlanFragment.TopN;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.Placement;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.util.List;
import java.util.Optional;

/** Builds what goes down to regions: one template per table, bound to each region. */
public final class Fragments {
  private Fragments() {}

  /** The template with {@code region} in its scan. */
  public static PlanFragment bind(PlanFragment template, RegionId region) {
    if (template instanceof ScanRegion scan) {
      return new ScanRegion(region, scan.columns(), scan.predicate());
    } else if (template instanceof Filter filter) {
      return new Filter(bind(filter.input(), region), filter.predicate());
    } else if (template instanceof Project project) {
      return new Project(bind(project.input(), region), project.expressions(), project.names());
    } else if (template instanceof PartialAggregate aggregate) {
      return new PartialAggregate(
          bind(aggregate.input(), region), aggregate.groupBy(), aggregate.calls());
    } else if (template instanceof TopN topN) {
      return new TopN(bind(topN.input(), region), topN.keys(), topN.fetch());
    }
    Limit limit = (Limit) template;
    return new Limit(bind(limit.input(), region), limit.fetch());
  }

  /** A filter over {@code input}, which a plain scan is told of too, for skipping data. */
  public static PlanFragment filter(PlanFragment input, ScalarExpr predicate) {
    if (input instanceof ScanRegion scan && scan.predicate().isEmpty()) {
      return new Filter(
          new ScanRegion(scan.region(), scan.columns(), Optional.of(predicate)), predicate);
    }
    return new Filter(input, predicate);
  }

  /** Whether a datanode computes the same as the frontend would. */
  public static boolean runsAnywhere(
      ScalarExpr expression, FunctionRegistry functions, boolean inUtc) {
    if (expression instanceof ScalarExpr.ColumnRef column) {
      return column.index() >= 0;
    }
    if (expression instanceof ScalarExpr.Call call) {
      Optional<ScalarFunction> function = functions.findScalar(call.function());
      if (function.isEmpty()
          || function.get().placement() != Placement.ANYWHERE
          || function.get().volatility() != Volatility.IMMUTABLE) {
        return false;
      }
      List<DataType> types = call.arguments().stream().map(ScalarExpr::type).toList();
      if (!inUtc && function.get().readsTimeZone(types, call.type())) {
        return false;
      }
      return call.arguments().stream()
          .allMatch(argument -> runsAnywhere(argument, functions, inUtc));
    }
    return true;
  }
}
