package io.terrane.query.plan.physical;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.distribute.ExprText;
import io.terrane.query.distribute.ExprTranslator;
import io.terrane.query.distribute.RegionScan;
import io.terrane.query.exec.HashJoinOperator;
import io.terrane.query.exec.JoinKind;
import io.terrane.query.exec.NestedLoopJoinOperator;
import io.terrane.query.expr.CommonType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Joins: by hash where an equation connects the sides, whatever expressions it compares; else row
 * by row. Key expressions become columns of the inputs, of the type in which they are compared.
 */
final class JoinPlanner {
  private final PhysicalPlanner planner;
  private final List<ScalarExpr> leftColumns = new ArrayList<>();
  private final List<ScalarExpr> rightColumns = new ArrayList<>();
  private final List<Integer> leftKeys = new ArrayList<>();
  private final List<Integer> rightKeys = new ArrayList<>();

  JoinPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PhysicalNode plan(Join join) {
    PhysicalNode left = planner.plan(join.getLeft());
    PhysicalNode right = planner.plan(join.getRight());
    JoinKind kind = kind(join);
    int leftCount = left.types().size();
    int rightCount = right.types().size();
    identity(left, leftColumns);
    identity(right, rightColumns);
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      if (!isKey(condition, left, right)) {
        rest.add(condition);
      }
    }
    PhysicalNode keyedLeft = widened(left, leftColumns);
    PhysicalNode keyedRight = widened(right, rightColumns);
    List<DataType> pairTypes = new ArrayList<>(left.types());
    pairTypes.addAll(right.types());
    int shift = leftColumns.size() - leftCount;
    List<ScalarExpr> residuals =
        planner.translate(rest, pairTypes).stream().map(e -> shifted(e, leftCount, shift)).toList();
    Optional<ScalarExpr> residual =
        residuals.isEmpty()
            ? Optional.empty()
            : Optional.of(
                residuals.size() == 1
                    ? residuals.get(0)
                    : new ScalarExpr.Call("and", residuals, DataType.BOOLEAN));
    boolean givesPairs = kind != JoinKind.SEMI && kind != JoinKind.ANTI;
    List<String> names = new ArrayList<>(keyedLeft.names());
    List<DataType> types = new ArrayList<>(keyedLeft.types());
    if (givesPairs) {
      names.addAll(keyedRight.names());
      types.addAll(keyedRight.types());
    }
    PhysicalNode joined =
        leftKeys.isEmpty()
            ? new OperatorNode(
                "NestedLoopJoin: " + kind + residual.map(e -> " " + ExprText.of(e)).orElse(""),
                List.of(keyedLeft, keyedRight),
                names,
                types,
                (context, opened) ->
                    new NestedLoopJoinOperator(
                        context, opened.get(0), opened.get(1), kind, residual, names))
            : hashJoin(kind, keyedLeft, keyedRight, residual, names, types);
    return narrowed(joined, leftCount, leftColumns.size(), givesPairs ? rightCount : 0);
  }

  private PhysicalNode hashJoin(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      Optional<ScalarExpr> residual,
      List<String> names,
      List<DataType> types) {
    OperatorNode join =
        new OperatorNode(
            "HashJoin: "
                + kind
                + " left="
                + leftKeys
                + " right="
                + rightKeys
                + residual.map(e -> " " + ExprText.of(e)).orElse(""),
            List.of(left, right),
            names,
            types,
            (context, opened) ->
                new HashJoinOperator(
                    context,
                    opened.get(0),
                    opened.get(1),
                    kind,
                    leftKeys,
                    rightKeys,
                    residual,
                    names));
    boolean needsPartner =
        kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.RIGHT;
    if (!needsPartner || !(left instanceof RegionScan scan) || !scan.isOpen()) {
      return join;
    }
    List<Integer> ours = new ArrayList<>();
    List<Integer> theirs = new ArrayList<>();
    for (int i = 0; i < leftKeys.size(); i++) {
      DataType type = left.types().get(leftKeys.get(i));
      if (type.equals(right.types().get(rightKeys.get(i))) && NarrowingJoin.canNarrow(type)) {
        ours.add(leftKeys.get(i));
        theirs.add(rightKeys.get(i));
      }
    }
    return ours.isEmpty() ? join : new NarrowingJoin(join, ours, theirs);
  }

  private static JoinKind kind(Join join) {
    return switch (join.getJoinType()) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "a join of kind " + join.getJoinType() + " is not supported");
    };
  }

  private static void identity(PhysicalNode input, List<ScalarExpr> columns) {
    for (int i = 0; i < input.types().size(); i++) {
      columns.add(new ScalarExpr.ColumnRef(i, input.types().get(i)));
    }
  }

  private boolean isKey(RexNode condition, PhysicalNode left, PhysicalNode right) {
    if (condition.getKind() != SqlKind.EQUALS || !RexUtil.isDeterministic(condition)) {
      return false;
    }
    int leftCount = left.types().size();
    RexNode first = ((RexCall) condition).getOperands().get(0);
    RexNode second = ((RexCall) condition).getOperands().get(1);
    ImmutableBitSet firstColumns = RelOptUtil.InputFinder.bits(first);
    ImmutableBitSet secondColumns = RelOptUtil.InputFinder.bits(second);
    if (firstColumns.isEmpty() || secondColumns.isEmpty()) {
      return false;
    }
    if (firstColumns.nth(0) >= leftCount && secondColumns.length() <= leftCount) {
      return addKey(second, first, left, right);
    }
    return firstColumns.length() <= leftCount
        && secondColumns.nth(0) >= leftCount
        && addKey(first, second, left, right);
  }

  private boolean addKey(RexNode leftKey, RexNode rightKey, PhysicalNode left, PhysicalNode right) {
    List<DataType> pair = new ArrayList<>(left.types());
    pair.addAll(right.types());
    int leftCount = left.types().size();
    ScalarExpr ours = planner.translate(leftKey, pair);
    ScalarExpr theirs = shifted(planner.translate(rightKey, pair), 0, -leftCount);
    DataType common = CommonType.toCompare(ours.type(), theirs.type());
    leftKeys.add(column(leftColumns, ExprTranslator.cast(ours, common)));
    rightKeys.add(column(rightColumns, ExprTranslator.cast(theirs, common)));
    return true;
  }

  private static int column(List<ScalarExpr> columns, ScalarExpr wanted) {
    int known = columns.indexOf(wanted);
    if (known >= 0) {
      return known;
    }
    columns.add(wanted);
    return columns.size() - 1;
  }

  /** Columns from {@code first} on moved by {@code by}. */
  private static ScalarExpr shifted(ScalarExpr expr, int first, int by) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return ref.index() < first ? ref : new ScalarExpr.ColumnRef(ref.index() + by, ref.type());
    } else if (expr instanceof ScalarExpr.Call call) {
      return new ScalarExpr.Call(
          call.function(),
          call.arguments().stream().map(argument -> shifted(argument, first, by)).toList(),
          call.type());
    }
    return expr;
  }

  private PhysicalNode widened(PhysicalNode input, List<ScalarExpr> columns) {
    List<String> names = new ArrayList<>(input.names());
    for (int i = names.size(); i < columns.size(); i++) {
      names.add("key" + i);
    }
    return planner.project(input, List.copyOf(columns), names);
  }

  private PhysicalNode narrowed(PhysicalNode joined, int leftCount, int leftWidth, int rightCount) {
    if (joined.types().size() == leftCount + rightCount) {
      return joined;
    }
    List<ScalarExpr> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < leftCount + rightCount; i++) {
      int from = i < leftCount ? i : i - leftCount + leftWidth;
      columns.add(new ScalarExpr.ColumnRef(from, joined.types().get(from)));
      names.add(joined.names().get(from));
    }
    return planner.project(joined, columns, names);
  }
}
