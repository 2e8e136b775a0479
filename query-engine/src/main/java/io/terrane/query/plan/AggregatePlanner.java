package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.exec.AggregatePhase;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.plan.physical.DistributedScan;
import io.terrane.query.plan.physical.Nodes;
import io.terrane.query.plan.physical.PlanNode;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Aggregations: in parts at the regions and whole above, where the functions can be split. */
final class AggregatePlanner {
  private final FunctionRegistry functions;

  AggregatePlanner(FunctionRegistry functions) {
    this.functions = functions;
  }

  PlanNode convert(Aggregate aggregate, PlanNode input) {
    if (aggregate.getAggCallList().stream().anyMatch(AggregatePlanner::isLiteral)) {
      return withLiterals(aggregate, input);
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      calls.add(call(call));
    }
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return plan(aggregate, input, aggregate.getGroupSet(), calls);
    }
    return groupingSets(aggregate, input, calls);
  }

  /** Every column distinct. */
  static PlanNode distinct(PlanNode input, List<String> names) {
    List<Integer> all = IntStream.range(0, names.size()).boxed().toList();
    return new Nodes.Aggregate(input, all, List.of(), names, input.types(), AggregatePhase.SINGLE);
  }

  private PlanNode plan(
      Aggregate aggregate, PlanNode input, ImmutableBitSet groups, List<AggregateCall> calls) {
    List<Integer> groupBy = groups.asList();
    List<DataType> types = new ArrayList<>();
    groupBy.forEach(column -> types.add(input.types().get(column)));
    calls.forEach(call -> types.add(call.type()));
    List<String> names = new ArrayList<>();
    for (int column : groupBy) {
      names.add("g" + column);
    }
    for (int i = 0; i < calls.size(); i++) {
      names.add("a" + i);
    }
    List<String> shown =
        names.size() == aggregate.getRowType().getFieldCount()
            ? PhysicalPlanner.names(aggregate)
            : names;
    if (input instanceof DistributedScan scan
        && PhysicalPlanner.isPlain(scan.template())
        && calls.stream().allMatch(this::isSplittable)) {
      return new Nodes.Aggregate(
          partial(scan, groupBy, calls),
          IntStream.range(0, groupBy.size()).boxed().toList(),
          calls,
          shown,
          types,
          AggregatePhase.FINAL);
    }
    return new Nodes.Aggregate(input, groupBy, calls, shown, types, AggregatePhase.SINGLE);
  }

  private boolean isSplittable(AggregateCall call) {
    return !call.distinct()
        && call.order().isEmpty()
        && functions.findAggregate(call.function()).orElseThrow().isSplittable();
  }

  private DistributedScan partial(
      DistributedScan scan, List<Integer> groupBy, List<AggregateCall> calls) {
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int column : groupBy) {
      types.add(scan.types().get(column));
      names.add("g" + column);
    }
    for (AggregateCall call : calls) {
      AggregateFunction function = functions.findAggregate(call.function()).orElseThrow();
      List<DataType> inputs =
          function.inputTypes(call.arguments().stream().map(scan.types()::get).toList());
      for (DataType state : function.stateTypes(inputs, call.type())) {
        names.add("s" + types.size());
        types.add(state);
      }
    }
    return scan.with(
        new PlanFragment.PartialAggregate(scan.template(), groupBy, calls), names, types);
  }

  /** ROLLUP and its like: one aggregation per set of columns, NULL in the columns left out. */
  private PlanNode groupingSets(Aggregate aggregate, PlanNode input, List<AggregateCall> calls) {
    List<Integer> all = aggregate.getGroupSet().asList();
    List<String> names = PhysicalPlanner.names(aggregate);
    List<PlanNode> parts = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    all.forEach(column -> types.add(input.types().get(column)));
    calls.forEach(call -> types.add(call.type()));
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      PlanNode part = plan(aggregate, input, set, calls);
      List<ScalarExpr> columns = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        DataType type = types.get(i);
        columns.add(
            set.get(all.get(i))
                ? new ScalarExpr.ColumnRef(set.indexOf(all.get(i)), type)
                : new ScalarExpr.Literal(Datum.ofNull(type)));
      }
      for (int i = 0; i < calls.size(); i++) {
        columns.add(new ScalarExpr.ColumnRef(set.cardinality() + i, calls.get(i).type()));
      }
      parts.add(new Nodes.Project(part, columns, names));
    }
    return new Nodes.Union(parts, names, types);
  }

  private static boolean isLiteral(org.apache.calcite.rel.core.AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
  }

  /** Calcite counts groups by aggregating a constant; the constant is put in afterwards. */
  private PlanNode withLiterals(Aggregate aggregate, PlanNode input) {
    List<org.apache.calcite.rel.core.AggregateCall> real =
        aggregate.getAggCallList().stream().filter(call -> !isLiteral(call)).toList();
    PlanNode groups =
        convert(
            aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                real),
            input);
    List<ScalarExpr> columns = new ArrayList<>();
    int next = 0;
    for (; next < aggregate.getGroupCount(); next++) {
      columns.add(new ScalarExpr.ColumnRef(next, groups.types().get(next)));
    }
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      if (isLiteral(call)) {
        columns.add(new ScalarExpr.Literal(ExprTranslator.datum((RexLiteral) call.rexList.get(0))));
      } else {
        columns.add(new ScalarExpr.ColumnRef(next, groups.types().get(next)));
        next++;
      }
    }
    return new Nodes.Project(groups, columns, PhysicalPlanner.names(aggregate));
  }

  private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call) {
    String name = call.getAggregation().getName().toLowerCase(Locale.ROOT);
    if (functions.findAggregate(name).isEmpty()) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED, "the aggregate " + name + " is not supported");
    }
    return new AggregateCall(
        name,
        call.getArgList(),
        call.isDistinct(),
        call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg),
        PhysicalPlanner.keys(call.getCollation()),
        TypeMapping.fromCalcite(call.getType()));
  }
}
