package io.terrane.query.plan.physical;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.distribute.FragmentText;
import io.terrane.query.distribute.RegionScan;
import io.terrane.query.exec.AggregatePhase;
import io.terrane.query.exec.HashAggregateOperator;
import io.terrane.query.exec.UnionAllOperator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.plan.AggregateOperator;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregations: in two halves over regions, whole elsewhere; grouping sets one after the other. */
final class AggregatePlanner {
  private final PhysicalPlanner planner;
  private final FunctionRegistry functions;

  AggregatePlanner(PhysicalPlanner planner, FunctionRegistry functions) {
    this.planner = planner;
    this.functions = functions;
  }

  FunctionRegistry functions() {
    return functions;
  }

  PhysicalNode plan(Aggregate aggregate) {
    PhysicalNode input = planner.plan(aggregate.getInput());
    List<PhysicalNode> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(groupingSet(aggregate, set, input));
    }
    if (sets.size() == 1) {
      return sets.get(0);
    }
    List<String> names = aggregate.getRowType().getFieldNames();
    return new OperatorNode(
        "UnionAll",
        sets,
        names,
        sets.get(0).types(),
        (context, opened) -> new UnionAllOperator(context, opened, names));
  }

  private PhysicalNode groupingSet(Aggregate aggregate, ImmutableBitSet set, PhysicalNode input) {
    List<io.terrane.api.fragment.AggregateCall> calls = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    List<Integer> group = set.asList();
    for (int key : group) {
      names.add("g" + key);
      types.add(input.types().get(key));
    }
    List<ScalarExpr> results = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      DataType type = input.types().get(key);
      results.add(
          set.get(key)
              ? new ScalarExpr.ColumnRef(group.indexOf(key), type)
              : new ScalarExpr.Literal(Datum.ofNull(type)));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      DataType promised = TypeMapping.ofSql(call.getType());
      if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
        results.add(planner.translate(call.rexList.get(0), List.of()));
      } else if (call.getAggregation().getKind() == SqlKind.GROUPING) {
        results.add(
            ExprTranslator.cast(
                new ScalarExpr.Literal(Datum.of(grouping(call.getArgList(), set))), promised));
      } else {
        io.terrane.api.fragment.AggregateCall translated = call(call, input);
        ScalarExpr result =
            new ScalarExpr.ColumnRef(group.size() + calls.size(), translated.type());
        if (call.getAggregation().getKind() == SqlKind.SUM0) {
          ScalarExpr zero =
              ExprTranslator.cast(new ScalarExpr.Literal(Datum.of(0)), translated.type());
          result = new ScalarExpr.Call("coalesce", List.of(result, zero), translated.type());
        }
        results.add(ExprTranslator.cast(result, promised));
        names.add("a" + calls.size());
        types.add(translated.type());
        calls.add(translated);
      }
    }
    PhysicalNode aggregated = aggregated(input, group, calls, names, types);
    return planner.project(aggregated, results, aggregate.getRowType().getFieldNames());
  }

  private static long grouping(List<Integer> arguments, ImmutableBitSet set) {
    long bits = 0;
    for (int argument : arguments) {
      bits = bits << 1 | (set.get(argument) ? 0 : 1);
    }
    return bits;
  }

  private io.terrane.api.fragment.AggregateCall call(AggregateCall call, PhysicalNode input) {
    String name =
        call.getAggregation() instanceof AggregateOperator own
            ? own.function().name()
            : call.getAggregation().getName().replace("$", "").toLowerCase(Locale.ROOT);
    AggregateFunction function =
        functions.findAggregate(name.equals("sum0") ? "sum" : name).orElseThrow();
    List<DataType> arguments =
        call.getArgList().stream().map(index -> input.types().get(index)).toList();
    return new io.terrane.api.fragment.AggregateCall(
        function.name(),
        call.getArgList(),
        call.isDistinct(),
        call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg),
        PhysicalPlanner.keys(call.collation.getFieldCollations()),
        function.resultType(arguments));
  }

  private PhysicalNode aggregated(
      PhysicalNode input,
      List<Integer> group,
      List<io.terrane.api.fragment.AggregateCall> calls,
      List<String> names,
      List<DataType> types) {
    Optional<RegionScan> pushed = planner.fragments().addAggregate(input, group, calls);
    AggregatePhase phase = pushed.isPresent() ? AggregatePhase.FINAL : AggregatePhase.SINGLE;
    return new OperatorNode(
        (pushed.isPresent() ? "FinalAggregate" : "Aggregate")
            + ": group="
            + group
            + ", calls="
            + FragmentText.calls(calls),
        List.of(pushed.isPresent() ? pushed.get() : input),
        names,
        types,
        (context, opened) ->
            new HashAggregateOperator(context, opened.get(0), group, calls, names, phase));
  }
}
