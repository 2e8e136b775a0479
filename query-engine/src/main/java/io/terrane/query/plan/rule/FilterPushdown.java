package io.terrane.query.plan.rule;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Moves each condition down to where its columns come from and orders inner joins on the way, in
 * one pass. Conditions that call volatile functions stay where they are, and nothing passes them.
 */
public final class FilterPushdown {
  private final RelBuilder builder;
  private final JoinOrder joins;

  public FilterPushdown(RelBuilder builder) {
    this.builder = builder;
    this.joins = new JoinOrder(builder, this);
  }

  public RelNode push(RelNode rel) {
    return push(rel, List.of());
  }

  /** {@code rel} with {@code conditions} over its columns applied as far down as they go. */
  RelNode push(RelNode rel, List<RexNode> conditions) {
    if (rel instanceof Filter filter) {
      return filter(filter, conditions);
    } else if (rel instanceof Project project) {
      return project(project, conditions);
    } else if (rel instanceof Join join) {
      return join(join, conditions);
    } else if (rel instanceof Aggregate aggregate) {
      return aggregate(aggregate, conditions);
    } else if (rel instanceof SetOp setOp) {
      return setOp(setOp, conditions);
    } else if (rel instanceof Sort sort && sort.fetch == null && sort.offset == null) {
      return copy(sort, List.of(push(sort.getInput(), conditions)));
    } else if (rel instanceof Correlate correlate) {
      return correlate(correlate, conditions);
    }
    return filtered(copy(rel, rel.getInputs().stream().map(this::push).toList()), conditions);
  }

  private static RelNode copy(RelNode rel, List<RelNode> inputs) {
    return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  RelNode filtered(RelNode rel, List<RexNode> conditions) {
    return conditions.isEmpty() ? rel : builder.push(rel).filter(conditions).build();
  }

  private RelNode filter(Filter filter, List<RexNode> conditions) {
    if (!RexUtil.isDeterministic(filter.getCondition())) {
      RelNode kept = copy(filter, List.of(push(filter.getInput())));
      return filtered(kept, conditions);
    }
    List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
    all.addAll(conditions);
    return push(filter.getInput(), all);
  }

  private RelNode project(Project project, List<RexNode> conditions) {
    boolean passable =
        !project.containsOver()
            && project.getProjects().stream().allMatch(RexUtil::isDeterministic);
    if (!passable) {
      return filtered(copy(project, List.of(push(project.getInput()))), conditions);
    }
    List<RexNode> below = RelOptUtil.pushPastProject(conditions, project);
    return copy(project, List.of(push(project.getInput(), below)));
  }

  private RelNode aggregate(Aggregate aggregate, List<RexNode> conditions) {
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    ImmutableBitSet keys = ImmutableBitSet.range(aggregate.getGroupCount());
    int[] adjustments = new int[aggregate.getRowType().getFieldCount()];
    for (int i = 0; i < aggregate.getGroupCount(); i++) {
      adjustments[i] = aggregate.getGroupSet().nth(i) - i;
    }
    boolean passable =
        aggregate.getGroupType() == Aggregate.Group.SIMPLE && !aggregate.getGroupSet().isEmpty();
    for (RexNode condition : conditions) {
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
      if (passable && !used.isEmpty() && keys.contains(used)) {
        below.add(
            condition.accept(
                new RelOptUtil.RexInputConverter(
                    builder.getRexBuilder(),
                    aggregate.getRowType().getFieldList(),
                    aggregate.getInput().getRowType().getFieldList(),
                    adjustments)));
      } else {
        above.add(condition);
      }
    }
    return filtered(copy(aggregate, List.of(push(aggregate.getInput(), below))), above);
  }

  private RelNode setOp(SetOp setOp, List<RexNode> conditions) {
    boolean sameTypes =
        setOp.getInputs().stream()
            .allMatch(
                input ->
                    RelOptUtil.areRowTypesEqual(input.getRowType(), setOp.getRowType(), false));
    if (!sameTypes) {
      return filtered(copy(setOp, setOp.getInputs().stream().map(this::push).toList()), conditions);
    }
    return copy(setOp, setOp.getInputs().stream().map(input -> push(input, conditions)).toList());
  }

  private RelNode correlate(Correlate correlate, List<RexNode> conditions) {
    ImmutableBitSet left = ImmutableBitSet.range(correlate.getLeft().getRowType().getFieldCount());
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : conditions) {
      (left.contains(RelOptUtil.InputFinder.bits(condition)) ? below : above).add(condition);
    }
    return filtered(
        copy(correlate, List.of(push(correlate.getLeft(), below), push(correlate.getRight()))),
        above);
  }

  private RelNode join(Join join, List<RexNode> conditions) {
    if (join.getJoinType() == JoinRelType.INNER) {
      return joins.order(join, conditions);
    }
    JoinRelType type = join.getJoinType();
    if (type.isOuterJoin() && !conditions.isEmpty()) {
      type =
          RelOptUtil.simplifyJoin(
              join, com.google.common.collect.ImmutableList.copyOf(conditions), type);
      if (type == JoinRelType.INNER) {
        return push(retyped(join, type), conditions);
      }
    }
    int leftCount = join.getLeft().getRowType().getFieldCount();
    List<RexNode> left = new ArrayList<>();
    List<RexNode> right = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : conditions) {
      Side side = Side.of(condition, leftCount);
      if (side == Side.LEFT && !type.generatesNullsOnLeft()) {
        left.add(condition);
      } else if (side == Side.RIGHT && !type.generatesNullsOnRight()) {
        right.add(shifted(condition, -leftCount));
      } else {
        above.add(condition);
      }
    }
    List<RexNode> on = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      boolean pure = RexUtil.isDeterministic(condition);
      Side side = Side.of(condition, leftCount);
      if (pure && side == Side.RIGHT && !keepsRight(type)) {
        right.add(shifted(condition, -leftCount));
      } else if (pure && side == Side.LEFT && type == JoinRelType.RIGHT) {
        left.add(condition);
      } else if (pure && side == Side.LEFT && type == JoinRelType.SEMI) {
        left.add(condition);
      } else {
        on.add(condition);
      }
    }
    RelNode newLeft = push(join.getLeft(), left);
    RelNode newRight = push(join.getRight(), right);
    RexNode condition = RexUtil.composeConjunction(builder.getRexBuilder(), on);
    Join pushed =
        join.copy(join.getTraitSet(), condition, newLeft, newRight, type, join.isSemiJoinDone());
    return filtered(pushed, above);
  }

  private static boolean keepsRight(JoinRelType type) {
    return type == JoinRelType.RIGHT || type == JoinRelType.FULL;
  }

  private static Join retyped(Join join, JoinRelType type) {
    return join.copy(
        join.getTraitSet(),
        join.getCondition(),
        join.getLeft(),
        join.getRight(),
        type,
        join.isSemiJoinDone());
  }

  private RexNode shifted(RexNode condition, int by) {
    RexBuilder rex = builder.getRexBuilder();
    return Shift.columns(rex, condition, by);
  }

  /** Which input of a join a condition reads. */
  private enum Side {
    LEFT,
    RIGHT,
    BOTH,
    NONE;

    static Side of(RexNode condition, int leftCount) {
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
      if (used.isEmpty()) {
        return NONE;
      }
      boolean left = used.nth(0) < leftCount;
      boolean right = used.length() > leftCount;
      return left && right ? BOTH : left ? LEFT : RIGHT;
    }
  }
}
