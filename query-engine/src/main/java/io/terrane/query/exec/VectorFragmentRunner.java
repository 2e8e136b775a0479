package io.terrane.query.exec;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.FragmentRunner;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.query.function.FunctionRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs fragments with the same operators that frontends use. Fragments run in UTC and without a
 * session. Thread-safe.
 */
public final class VectorFragmentRunner implements FragmentRunner {
  private final FunctionRegistry functions;
  private final InstantSource clock;

  public VectorFragmentRunner(FunctionRegistry functions, InstantSource clock) {
    this.functions = functions;
    this.clock = clock;
  }

  @Override
  public BatchStream run(PlanFragment fragment, RegionSource source, BufferAllocator allocator) {
    return open(fragment, source, ExecutionContext.builder(allocator, functions, clock).build());
  }

  private BatchStream open(PlanFragment fragment, RegionSource source, ExecutionContext context) {
    if (fragment instanceof PlanFragment.ScanRegion scan) {
      return source.open(scan).rows();
    }
    if (fragment instanceof PlanFragment.Filter filter && isScansOwn(filter)) {
      return filtered(source.open((PlanFragment.ScanRegion) filter.input()), context);
    }
    RegionSource rows =
        fragment instanceof PlanFragment.PartialAggregate aggregate
            ? GreatestOfGroups.of(aggregate).map(wanted -> wanted.of(source)).orElse(source)
            : source;
    BatchStream input = open(inputOf(fragment), rows, context);
    try {
      return over(input, fragment, context);
    } catch (RuntimeException refused) {
      input.close();
      throw refused;
    }
  }

  /** Whether a filter asks what the scan below it was told to look for. */
  static boolean isScansOwn(PlanFragment.Filter filter) {
    return filter.input() instanceof PlanFragment.ScanRegion scan
        && scan.predicate().equals(Optional.of(filter.predicate()));
  }

  /** Asks rows only what their region did not ask already. */
  private static BatchStream filtered(RegionSource.Opened opened, ExecutionContext context) {
    if (opened.rest().isEmpty()) {
      return opened.rows();
    }
    try {
      return new FilterOperator(context, opened.rows(), opened.rest().get());
    } catch (RuntimeException refused) {
      opened.rows().close();
      throw refused;
    }
  }

  private static PlanFragment inputOf(PlanFragment fragment) {
    if (fragment instanceof PlanFragment.Filter filter) {
      return filter.input();
    } else if (fragment instanceof PlanFragment.Project project) {
      return project.input();
    } else if (fragment instanceof PlanFragment.PartialAggregate aggregate) {
      return aggregate.input();
    } else if (fragment instanceof PlanFragment.TopN topN) {
      return topN.input();
    }
    return ((PlanFragment.Limit) fragment).input();
  }

  private static BatchStream over(
      BatchStream input, PlanFragment fragment, ExecutionContext context) {
    if (fragment instanceof PlanFragment.Filter filter) {
      return new FilterOperator(context, input, filter.predicate());
    } else if (fragment instanceof PlanFragment.Project project) {
      return new ProjectOperator(context, input, project.expressions(), project.names());
    } else if (fragment instanceof PlanFragment.PartialAggregate aggregate) {
      return new HashAggregateOperator(
          context,
          input,
          aggregate.groupBy(),
          aggregate.calls(),
          names(input, aggregate.groupBy(), aggregate.calls()),
          AggregatePhase.PARTIAL);
    } else if (fragment instanceof PlanFragment.TopN topN) {
      return new SortOperator(context, input, topN.keys(), 0, topN.fetch());
    }
    return new LimitOperator(context, input, 0, ((PlanFragment.Limit) fragment).fetch());
  }

  private static List<String> names(
      BatchStream input, List<Integer> groupBy, List<AggregateCall> calls) {
    List<String> names = new ArrayList<>();
    groupBy.forEach(column -> names.add(input.schema().getFields().get(column).getName()));
    for (int i = 0; i < calls.size(); i++) {
      names.add(calls.get(i).function() + i);
    }
    return names;
  }
}
