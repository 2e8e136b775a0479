package io.terrane.query.plan.physical;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.catalog.SnapshotTable;
import io.terrane.query.distribute.ConstantFolder;
import io.terrane.query.distribute.ExprText;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.distribute.FragmentBuilder;
import io.terrane.query.distribute.FragmentText;
import io.terrane.query.distribute.RegionScan;
import io.terrane.query.exec.AggregatePhase;
import io.terrane.query.exec.FilterOperator;
import io.terrane.query.exec.HashAggregateOperator;
import io.terrane.query.exec.LimitOperator;
import io.terrane.query.exec.ProjectOperator;
import io.terrane.query.exec.SetKind;
import io.terrane.query.exec.SetMode;
import io.terrane.query.exec.SetOperator;
import io.terrane.query.exec.SortOperator;
import io.terrane.query.exec.UnionAllOperator;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** The relational form to operators, bottom up, pushing down to regions on the way. */
public final class PhysicalPlanner {
  private final VirtualTable.ScanContext scanContext;
  private final FragmentBuilder fragments;
  private final ExprTranslator translator;
  private final ConstantFolder folder;
  private final AggregatePlanner aggregates;
  private final RowEstimates estimates;
  private final RecursionPlanner recursions = new RecursionPlanner(this);

  public PhysicalPlanner(
      VirtualTable.ScanContext scanContext,
      FragmentBuilder fragments,
      ExprTranslator translator,
      ConstantFolder folder,
      io.terrane.query.function.FunctionRegistry functions,
      RowEstimates estimates) {
    this.scanContext = scanContext;
    this.fragments = fragments;
    this.translator = translator;
    this.folder = folder;
    this.aggregates = new AggregatePlanner(this, functions);
    this.estimates = estimates;
  }

  private PhysicalPlanner(PhysicalPlanner outer, ExprTranslator translator) {
    this.scanContext = outer.scanContext;
    this.fragments = outer.fragments;
    this.translator = translator;
    this.folder = outer.folder;
    this.aggregates = new AggregatePlanner(this, outer.aggregates.functions());
    this.estimates = outer.estimates;
  }

  /** A planner to which one row of an outer query is known. */
  PhysicalPlanner with(String variable, List<Datum> row) {
    return new PhysicalPlanner(this, translator.with(variable, row));
  }

  public PhysicalNode plan(RelNode rel) {
    PhysicalNode node = operator(rel);
    estimates.means(node, rel);
    return node;
  }

  private PhysicalNode operator(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return RecursionPlanner.isWorkingTable(scan) ? recursions.scan(scan) : scan(scan);
    } else if (rel instanceof Project project) {
      return project(project);
    } else if (rel instanceof Filter filter) {
      return filter(plan(filter.getInput()), RelOptUtil.conjunctions(filter.getCondition()));
    } else if (rel instanceof Aggregate aggregate) {
      return aggregates.plan(aggregate);
    } else if (rel instanceof Join join) {
      return new JoinPlanner(this).plan(join);
    } else if (rel instanceof Sort sort) {
      return sort(sort);
    } else if (rel instanceof Values values) {
      return values(values);
    } else if (rel instanceof SetOp setOp) {
      return setOp(setOp);
    } else if (rel instanceof RepeatUnion union) {
      return recursions.plan(union);
    } else if (rel instanceof Correlate correlate) {
      return new CorrelateNode(this, correlate, plan(correlate.getLeft()));
    }
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "a query with " + rel.getRelTypeName() + " is not supported");
  }

  FragmentBuilder fragments() {
    return fragments;
  }

  ScalarExpr translate(RexNode node, List<DataType> inputs) {
    return folder.fold(translator.translate(node, inputs));
  }

  List<ScalarExpr> translate(List<? extends RexNode> nodes, List<DataType> inputs) {
    List<ScalarExpr> all = new ArrayList<>();
    nodes.forEach(node -> all.add(translate(node, inputs)));
    return all;
  }

  private PhysicalNode scan(TableScan scan) {
    SnapshotTable table = scan.getTable().unwrapOrThrow(SnapshotTable.class);
    if (table.stored().isPresent()) {
      return fragments.scan(table);
    }
    VirtualTable computed = table.computed().orElseThrow();
    return new OperatorNode(
        "VirtualScan: table=" + table.name(),
        List.of(),
        table.columns().stream().map(column -> column.name()).toList(),
        table.columns().stream().map(column -> column.type()).toList(),
        (context, inputs) -> computed.scan(scanContext, context.allocator()));
  }

  private PhysicalNode project(Project project) {
    PhysicalNode input = plan(project.getInput());
    if (project.containsOver()) {
      return new WindowPlanner(this).plan(project, input);
    }
    return project(
        input,
        translate(project.getProjects(), input.types()),
        project.getRowType().getFieldNames());
  }

  /** Projects, in the regions if possible; nothing if nothing changes but names. */
  PhysicalNode project(PhysicalNode input, List<ScalarExpr> expressions, List<String> names) {
    if (isIdentity(expressions, input) && names.equals(input.names())) {
      return input;
    }
    Optional<RegionScan> pushed = fragments.addProject(input, expressions, names);
    if (pushed.isPresent()) {
      return pushed.get();
    }
    return new OperatorNode(
        "Project: " + expressions.stream().map(ExprText::of).toList(),
        List.of(input),
        names,
        expressions.stream().map(ScalarExpr::type).toList(),
        (context, inputs) -> new ProjectOperator(context, inputs.get(0), expressions, names));
  }

  private static boolean isIdentity(List<ScalarExpr> expressions, PhysicalNode input) {
    if (expressions.size() != input.types().size()) {
      return false;
    }
    for (int i = 0; i < expressions.size(); i++) {
      if (!(expressions.get(i) instanceof ScalarExpr.ColumnRef ref) || ref.index() != i) {
        return false;
      }
    }
    return true;
  }

  private PhysicalNode filter(PhysicalNode input, List<RexNode> conditions) {
    List<ScalarExpr> down = new ArrayList<>();
    List<ScalarExpr> here = new ArrayList<>();
    for (RexNode condition : conditions) {
      ScalarExpr translated = translate(condition, input.types());
      boolean fits = fragments.addFilter(input, List.of(translated)).isPresent();
      (fits ? down : here).add(translated);
    }
    PhysicalNode below = down.isEmpty() ? input : fragments.addFilter(input, down).orElseThrow();
    if (here.isEmpty()) {
      return below;
    }
    ScalarExpr all =
        here.size() == 1 ? here.get(0) : new ScalarExpr.Call("and", here, DataType.BOOLEAN);
    return new OperatorNode(
        "Filter: " + ExprText.of(all),
        List.of(below),
        below.names(),
        below.types(),
        (context, inputs) -> new FilterOperator(context, inputs.get(0), all));
  }

  private PhysicalNode values(Values values) {
    List<DataType> types =
        values.getRowType().getFieldList().stream()
            .map(field -> TypeMapping.ofSql(field.getType()))
            .toList();
    List<String> names = values.getRowType().getFieldNames();
    List<List<Datum>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      rows.add(tuple.stream().map(ExprTranslator::datum).toList());
    }
    return new OperatorNode(
        "Values: rows=" + rows.size(),
        List.of(),
        names,
        types,
        (context, inputs) -> new ValuesOperator(context, names, types, rows));
  }

  static List<SortKey> keys(List<RelFieldCollation> collations) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation collation : collations) {
      boolean descending = collation.direction.isDescending();
      boolean nullsFirst =
          switch (collation.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> !descending;
          };
      keys.add(new SortKey(collation.getFieldIndex(), descending, nullsFirst));
    }
    return keys;
  }

  private PhysicalNode sort(Sort sort) {
    PhysicalNode input = plan(sort.getInput());
    long offset = translator.count(sort.offset, 0);
    long fetch = translator.count(sort.fetch, -1);
    boolean isBounded = fetch >= 0 && offset <= Long.MAX_VALUE - fetch;
    List<SortKey> keys = keys(sort.getCollation().getFieldCollations());
    if (keys.isEmpty()) {
      PhysicalNode below =
          isBounded
              ? fragments
                  .addLimit(input, offset + fetch)
                  .map(PhysicalNode.class::cast)
                  .orElse(input)
              : input;
      return new OperatorNode(
          "Limit: offset=" + offset + ", fetch=" + fetch,
          List.of(below),
          input.names(),
          input.types(),
          (context, inputs) -> new LimitOperator(context, inputs.get(0), offset, fetch));
    }
    PhysicalNode below =
        isBounded
            ? fragments
                .addTop(input, keys, offset + fetch)
                .map(PhysicalNode.class::cast)
                .orElse(input)
            : input;
    return new OperatorNode(
        "Sort: keys=" + FragmentText.keys(keys) + ", offset=" + offset + ", fetch=" + fetch,
        List.of(below),
        input.names(),
        input.types(),
        (context, inputs) -> new SortOperator(context, inputs.get(0), keys, offset, fetch));
  }

  private PhysicalNode setOp(SetOp setOp) {
    List<DataType> types =
        setOp.getRowType().getFieldList().stream()
            .map(field -> TypeMapping.ofSql(field.getType()))
            .toList();
    List<String> names = setOp.getRowType().getFieldNames();
    List<PhysicalNode> inputs =
        setOp.getInputs().stream().map(input -> aligned(plan(input), types, names)).toList();
    if (setOp instanceof Union) {
      PhysicalNode all =
          new OperatorNode(
              "UnionAll",
              inputs,
              names,
              types,
              (context, opened) -> new UnionAllOperator(context, opened, names));
      return setOp.all ? all : distinct(all);
    }
    SetKind kind = setOp instanceof Intersect ? SetKind.INTERSECT : SetKind.EXCEPT;
    if (!(setOp instanceof Intersect) && !(setOp instanceof Minus)) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED, "a query with " + setOp.getRelTypeName() + " is not supported");
    }
    SetMode mode = setOp.all ? SetMode.ALL : SetMode.DISTINCT;
    PhysicalNode result = inputs.get(0);
    for (PhysicalNode right : inputs.subList(1, inputs.size())) {
      result =
          new OperatorNode(
              kind + " " + mode,
              List.of(result, right),
              names,
              types,
              (context, opened) ->
                  new SetOperator(context, kind, mode, opened.get(0), opened.get(1)));
    }
    return result;
  }

  private PhysicalNode distinct(PhysicalNode input) {
    List<Integer> group = new ArrayList<>();
    for (int i = 0; i < input.types().size(); i++) {
      group.add(i);
    }
    return new OperatorNode(
        "Aggregate: group=" + group,
        List.of(input),
        input.names(),
        input.types(),
        (context, opened) ->
            new HashAggregateOperator(
                context, opened.get(0), group, List.of(), input.names(), AggregatePhase.SINGLE));
  }

  /** {@code input} with columns of just these types. */
  public PhysicalNode aligned(PhysicalNode input, List<DataType> types, List<String> names) {
    List<ScalarExpr> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      ScalarExpr column = new ScalarExpr.ColumnRef(i, input.types().get(i));
      columns.add(ExprTranslator.cast(column, types.get(i)));
    }
    return isIdentity(columns, input) ? input : project(input, columns, names);
  }
}
