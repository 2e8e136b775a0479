package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.catalog.CatalogTable;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.distribute.Fragments;
import io.terrane.query.distribute.RegionReader;
import io.terrane.query.exec.JoinKind;
import io.terrane.query.exec.SetKind;
import io.terrane.query.exec.SetMode;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.plan.physical.Bindings;
import io.terrane.query.plan.physical.Correlate;
import io.terrane.query.plan.physical.DistributedScan;
import io.terrane.query.plan.physical.Nodes;
import io.terrane.query.plan.physical.PlanNode;
import io.terrane.query.plan.physical.VirtualScan;
import io.terrane.query.type.TypeMapping;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Calcite's relational form straight to our nodes. What a datanode can do goes into the fragment as
 * long as everything below it is there too: filters, projections, partial aggregates, first rows.
 */
final class PhysicalPlanner {
  private final FunctionRegistry functions;
  private final RegionReader regions;
  private final PlanContext context;
  private final boolean inUtc;
  private final Map<CorrelationId, Integer> firstSlots = new HashMap<>();
  private int slots;

  PhysicalPlanner(FunctionRegistry functions, RegionReader regions, PlanContext context) {
    this.functions = functions;
    this.regions = regions;
    this.context = context;
    ZoneId zone = context.timeZone();
    this.inUtc = zone.normalized().equals(ZoneOffset.UTC);
  }

  PlanNode convert(RelNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    } else if (node instanceof Filter filter) {
      return filter(convert(filter.getInput()), translator(node).translate(filter.getCondition()));
    } else if (node instanceof Project project) {
      return project(
          convert(project.getInput()),
          translator(node).translateAll(project.getProjects()),
          names(node));
    } else if (node instanceof Aggregate aggregate) {
      return new AggregatePlanner(functions).convert(aggregate, convert(aggregate.getInput()));
    } else if (node instanceof Sort sort) {
      return sort(sort);
    } else if (node instanceof Join join) {
      return join(join);
    } else if (node instanceof org.apache.calcite.rel.core.Correlate correlate) {
      return correlate(correlate);
    } else if (node instanceof SetOp set) {
      return setOperation(set);
    } else if (node instanceof Values values) {
      return values(values);
    } else if (node instanceof Window window) {
      return new WindowPlanner().convert(window, convert(window.getInput()));
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "queries with " + node.getRelTypeName() + " are not supported");
  }

  private PlanNode scan(TableScan scan) {
    CatalogTable table = scan.getTable().unwrapOrThrow(CatalogTable.class);
    if (table.virtual().isPresent()) {
      return new VirtualScan(
          table.virtual().get(),
          new VirtualTable.ScanContext(context.catalog(), context.database()));
    }
    TableInfo info = table.info().orElseThrow();
    List<RegionId> ids =
        context
            .catalog()
            .findRoute(info.id())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.TABLE_NOT_FOUND, "Table '" + info.name() + "' doesn't exist"))
            .regions()
            .stream()
            .map(RegionRoute::region)
            .toList();
    List<String> columns = table.columns().stream().map(ColumnSchema::name).toList();
    return new DistributedScan(
        regions,
        context.catalog(),
        ids,
        new PlanFragment.ScanRegion(ids.get(0), columns, Optional.empty()),
        columns,
        table.columns().stream().map(ColumnSchema::type).toList());
  }

  private PlanNode filter(PlanNode input, ScalarExpr predicate) {
    if (input instanceof DistributedScan scan
        && isPlain(scan.template())
        && Fragments.runsAnywhere(predicate, functions, inUtc)) {
      return scan.with(Fragments.filter(scan.template(), predicate), scan.names(), scan.types());
    }
    return new Nodes.Filter(input, predicate);
  }

  private PlanNode project(PlanNode input, List<ScalarExpr> expressions, List<String> names) {
    if (input instanceof DistributedScan scan
        && scan.template() instanceof PlanFragment.ScanRegion plain
        && expressions.stream().allMatch(e -> e instanceof ScalarExpr.ColumnRef)
        && expressions.stream().distinct().count() == expressions.size()) {
      List<String> columns =
          expressions.stream()
              .map(e -> plain.columns().get(((ScalarExpr.ColumnRef) e).index()))
              .toList();
      return scan.with(
          new PlanFragment.ScanRegion(plain.region(), columns, plain.predicate()),
          columns,
          expressions.stream().map(ScalarExpr::type).toList());
    }
    if (input instanceof DistributedScan scan
        && isPlain(scan.template())
        && expressions.stream().allMatch(e -> Fragments.runsAnywhere(e, functions, inUtc))) {
      return scan.with(
          new PlanFragment.Project(scan.template(), expressions, names),
          names,
          expressions.stream().map(ScalarExpr::type).toList());
    }
    return new Nodes.Project(input, expressions, names);
  }

  /** Whether more may be put on top where the region is. */
  static boolean isPlain(PlanFragment fragment) {
    return fragment instanceof PlanFragment.ScanRegion
        || fragment instanceof PlanFragment.Filter
        || fragment instanceof PlanFragment.Project;
  }

  private PlanNode sort(Sort sort) {
    PlanNode input = convert(sort.getInput());
    List<SortKey> keys = keys(sort.getCollation());
    long offset = count(sort.offset, 0);
    long fetch = count(sort.fetch, -1);
    if (fetch >= 0 && input instanceof DistributedScan scan && isPlain(scan.template())) {
      long atRegion = Math.addExact(offset, fetch);
      PlanFragment first =
          keys.isEmpty()
              ? new PlanFragment.Limit(scan.template(), atRegion)
              : new PlanFragment.TopN(scan.template(), keys, atRegion);
      input = scan.with(first, scan.names(), scan.types());
    }
    return keys.isEmpty() && fetch < 0 && offset == 0
        ? input
        : new Nodes.Sort(input, keys, offset, fetch);
  }

  private static long count(RexNode node, long ifNone) {
    return node == null ? ifNone : RexLiteral.intValue(node);
  }

  static List<SortKey> keys(RelCollation collation) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation field : collation.getFieldCollations()) {
      boolean descending = field.getDirection().isDescending();
      boolean nullsFirst =
          switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> !descending;
          };
      keys.add(new SortKey(field.getFieldIndex(), descending, nullsFirst));
    }
    return keys;
  }

  private PlanNode join(Join join) {
    PlanNode left = convert(join.getLeft());
    PlanNode right = convert(join.getRight());
    JoinInfo info = join.analyzeCondition();
    RexBuilder rex = join.getCluster().getRexBuilder();
    RexNode residual = RexUtil.composeConjunction(rex, info.nonEquiConditions);
    Optional<ScalarExpr> condition =
        residual.isAlwaysTrue()
            ? Optional.empty()
            : Optional.of(translator(join).translate(residual));
    return new Nodes.Join(
        left,
        right,
        kind(join.getJoinType()),
        info.leftKeys,
        info.rightKeys,
        condition,
        names(join),
        types(join.getRowType()));
  }

  private static JoinKind kind(JoinRelType type) {
    return switch (type) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "joins of kind " + type + " are not supported");
    };
  }

  private PlanNode correlate(org.apache.calcite.rel.core.Correlate correlate) {
    PlanNode left = convert(correlate.getLeft());
    int first = slots;
    int width = correlate.getLeft().getRowType().getFieldCount();
    firstSlots.put(correlate.getCorrelationId(), first);
    slots += width;
    PlanNode right = convert(correlate.getRight());
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      all.add(i);
    }
    return new Correlate(
        left,
        right,
        kind(correlate.getJoinType()),
        all,
        first,
        names(correlate),
        types(correlate.getRowType()));
  }

  private ScalarExpr outer(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable
        && firstSlots.containsKey(variable.id)) {
      int slot = firstSlots.get(variable.id) + access.getField().getIndex();
      return new ScalarExpr.ColumnRef(
          Bindings.indexOf(slot), TypeMapping.fromCalcite(access.getType()));
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "the reference " + access + " to an outer query is not supported");
  }

  private PlanNode setOperation(SetOp set) {
    List<DataType> types = types(set.getRowType());
    List<String> names = names(set);
    List<PlanNode> inputs = new ArrayList<>();
    set.getInputs().forEach(input -> inputs.add(aligned(convert(input), types, names)));
    if (set instanceof Union) {
      PlanNode all = new Nodes.Union(inputs, names, types);
      return set.all ? all : AggregatePlanner.distinct(all, names);
    }
    SetKind kind = set instanceof Intersect ? SetKind.INTERSECT : SetKind.EXCEPT;
    if (kind == SetKind.EXCEPT && !(set instanceof Minus)) {
      throw new IllegalStateException("no set operation is called " + set.getRelTypeName());
    }
    PlanNode result = inputs.get(0);
    for (PlanNode input : inputs.subList(1, inputs.size())) {
      result =
          new Nodes.SetOperation(result, input, kind, set.all ? SetMode.ALL : SetMode.DISTINCT);
    }
    return result;
  }

  /** The input with its columns cast to the types that all inputs share. */
  private static PlanNode aligned(PlanNode input, List<DataType> types, List<String> names) {
    if (input.types().equals(types)) {
      return input;
    }
    List<ScalarExpr> casts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      ScalarExpr column = new ScalarExpr.ColumnRef(i, input.types().get(i));
      casts.add(
          column.type().equals(types.get(i))
              ? column
              : new ScalarExpr.Call("cast", List.of(column), types.get(i)));
    }
    return new Nodes.Project(input, casts, names);
  }

  private static PlanNode values(Values values) {
    List<DataType> types = types(values.getRowType());
    List<List<Datum>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Datum> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(ExprTranslator.datum(tuple.get(i), types.get(i)));
      }
      rows.add(row);
    }
    return new Nodes.Values(names(values), types, rows);
  }

  private ExprTranslator translator(RelNode node) {
    return new ExprTranslator(node.getCluster().getRexBuilder(), this::outer);
  }

  static List<String> names(RelNode node) {
    return node.getRowType().getFieldNames();
  }

  static List<DataType> types(RelDataType row) {
    List<DataType> types = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      types.add(TypeMapping.fromCalcite(field.getType()));
    }
    return types;
  }
}
