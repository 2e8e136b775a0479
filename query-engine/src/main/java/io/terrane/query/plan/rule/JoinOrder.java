package io.terrane.query.plan.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Orders a tree of inner joins greedily: first an input that a constant narrows down, then always
 * one that an equation connects to what is joined already, others last. Work grows with the square
 * of the number of inputs, so that sixty-four of them are no burden; of two the clearly smaller one
 * comes last.
 */
final class JoinOrder {
  /** So many times more rows are clearly more, the sizes being estimates. */
  private static final double CLEARLY = 4;

  private final RelBuilder builder;
  private final FilterPushdown pushdown;

  JoinOrder(RelBuilder builder, FilterPushdown pushdown) {
    this.builder = builder;
    this.pushdown = pushdown;
  }

  /** An input of the join and where its columns are in the join's row. */
  private record Factor(RelNode rel, int start) {
    int end() {
      return start + rel.getRowType().getFieldCount();
    }
  }

  RelNode order(Join root, List<RexNode> above) {
    List<Factor> factors = new ArrayList<>();
    List<RexNode> conditions = new ArrayList<>(above);
    flatten(root, 0, factors, conditions);
    List<List<RexNode>> own = new ArrayList<>();
    factors.forEach(factor -> own.add(new ArrayList<>()));
    List<RexNode> shared = new ArrayList<>();
    List<RexNode> last = new ArrayList<>();
    for (RexNode condition : conditions) {
      ImmutableBitSet used = factorsOf(condition, factors);
      if (!RexUtil.isDeterministic(condition)) {
        last.add(condition);
      } else if (used.cardinality() <= 1) {
        own.get(used.isEmpty() ? 0 : used.nth(0)).add(condition);
      } else {
        shared.add(condition);
      }
    }
    List<Integer> order = factors.size() > 2 ? greedy(factors, own, shared) : pair(factors, own);
    return joined(root, factors, own, shared, last, order);
  }

  private void flatten(RelNode rel, int start, List<Factor> factors, List<RexNode> conditions) {
    RexBuilder rex = builder.getRexBuilder();
    if (rel instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
      flatten(join.getLeft(), start, factors, conditions);
      flatten(
          join.getRight(),
          start + join.getLeft().getRowType().getFieldCount(),
          factors,
          conditions);
      for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
        conditions.add(Shift.columns(rex, condition, start));
      }
    } else if (rel instanceof Filter filter && RexUtil.isDeterministic(filter.getCondition())) {
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        conditions.add(Shift.columns(rex, condition, start));
      }
      flatten(filter.getInput(), start, factors, conditions);
    } else {
      factors.add(new Factor(rel, start));
    }
  }

  private static ImmutableBitSet factorsOf(RexNode condition, List<Factor> factors) {
    ImmutableBitSet.Builder used = ImmutableBitSet.builder();
    for (int column : RelOptUtil.InputFinder.bits(condition)) {
      for (int i = 0; i < factors.size(); i++) {
        if (column >= factors.get(i).start() && column < factors.get(i).end()) {
          used.set(i);
        }
      }
    }
    return used.build();
  }

  /** The right side is held in memory: the smaller one, if there is a clear one. */
  private static List<Integer> pair(List<Factor> factors, List<List<RexNode>> own) {
    OptionalDouble left = RowEstimate.of(factors.get(0).rel(), own.get(0));
    OptionalDouble right = RowEstimate.of(factors.get(1).rel(), own.get(1));
    boolean known = left.isPresent() && right.isPresent();
    return known && left.getAsDouble() * CLEARLY < right.getAsDouble()
        ? List.of(1, 0)
        : List.of(0, 1);
  }

  private static List<Integer> greedy(
      List<Factor> factors, List<List<RexNode>> own, List<RexNode> shared) {
    int n = factors.size();
    List<ImmutableBitSet> equations = new ArrayList<>();
    for (RexNode condition : shared) {
      if (condition.getKind() == SqlKind.EQUALS) {
        equations.add(factorsOf(condition, factors));
      }
    }
    boolean[] narrowed = new boolean[n];
    for (int i = 0; i < n; i++) {
      narrowed[i] = own.get(i).stream().anyMatch(JoinOrder::isConstantEquation);
    }
    List<Integer> order = new ArrayList<>();
    ImmutableBitSet done = ImmutableBitSet.of();
    while (order.size() < n) {
      int best = -1;
      int bestScore = -1;
      for (int i = 0; i < n; i++) {
        if (done.get(i)) {
          continue;
        }
        ImmutableBitSet with = done.set(i);
        int at = i;
        boolean connected = equations.stream().anyMatch(e -> e.get(at) && with.contains(e));
        int score = (connected ? 2 : 0) + (narrowed[i] ? 1 : 0);
        if (score > bestScore) {
          best = i;
          bestScore = score;
        }
      }
      order.add(best);
      done = done.set(best);
    }
    return order;
  }

  private static boolean isConstantEquation(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
        && ((RexCall) condition)
            .getOperands().stream()
                .anyMatch(operand -> RelOptUtil.InputFinder.bits(operand).isEmpty());
  }

  private RelNode joined(
      Join root,
      List<Factor> factors,
      List<List<RexNode>> own,
      List<RexNode> shared,
      List<RexNode> last,
      List<Integer> order) {
    RexBuilder rex = builder.getRexBuilder();
    int[] positions = new int[root.getRowType().getFieldCount()];
    Arrays.fill(positions, -1);
    List<RexNode> waiting = new ArrayList<>(shared);
    RelNode result = null;
    int width = 0;
    for (int index : order) {
      Factor factor = factors.get(index);
      List<RexNode> conditions = new ArrayList<>();
      for (RexNode condition : own.get(index)) {
        conditions.add(Shift.columns(rex, condition, -factor.start()));
      }
      RelNode next = pushdown.push(factor.rel(), conditions);
      for (int column = factor.start(); column < factor.end(); column++) {
        positions[column] = width + column - factor.start();
      }
      width += factor.end() - factor.start();
      if (result == null) {
        result = next;
        continue;
      }
      List<RexNode> on = new ArrayList<>();
      waiting.removeIf(
          condition -> {
            boolean ready =
                RelOptUtil.InputFinder.bits(condition).asList().stream()
                    .allMatch(column -> positions[column] >= 0);
            if (ready) {
              on.add(Shift.mapped(rex, condition, column -> positions[column]));
            }
            return ready;
          });
      result =
          builder
              .push(result)
              .push(next)
              .join(JoinRelType.INNER, RexUtil.composeConjunction(rex, on))
              .build();
    }
    List<RexNode> columns = new ArrayList<>();
    for (int column = 0; column < positions.length; column++) {
      columns.add(rex.makeInputRef(result, positions[column]));
    }
    if (!RexUtil.isIdentity(columns, result.getRowType())) {
      result =
          builder.push(result).project(columns, root.getRowType().getFieldNames(), true).build();
    }
    return pushdown.filtered(result, last);
  }
}
