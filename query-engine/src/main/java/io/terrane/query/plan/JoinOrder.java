package io.terrane.query.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Orders inner joins greedily: beginning with the first input that a constant restricts (or the
 * first), always one that a condition connects to what is joined already, so that no product of
 * unconnected tables is made where another way exists. Linear in the joins, for FROM lists of
 * dozens of tables.
 */
final class JoinOrder {
  private static final int INPUTS_MIN = 3;

  private JoinOrder() {}

  static RelNode apply(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            if (node instanceof LogicalJoin join && join.getJoinType() == JoinRelType.INNER) {
              Flattened flat = new Flattened();
              flat.add(join, 0);
              if (flat.inputs.size() >= INPUTS_MIN) {
                List<RelNode> ordered = new ArrayList<>();
                flat.inputs.forEach(input -> ordered.add(input.accept(this)));
                return new Ordering(join, ordered, flat.conditions).join();
              }
            }
            return super.visit(node);
          }
        });
  }

  /** The inputs of a tree of inner joins, and its conditions over all their columns in a row. */
  private static final class Flattened {
    final List<RelNode> inputs = new ArrayList<>();
    final List<RexNode> conditions = new ArrayList<>();

    void add(RelNode node, int firstColumn) {
      if (node instanceof LogicalJoin join && join.getJoinType() == JoinRelType.INNER) {
        add(join.getLeft(), firstColumn);
        add(join.getRight(), firstColumn + join.getLeft().getRowType().getFieldCount());
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
          conditions.add(RexUtil.shift(condition, firstColumn));
        }
      } else {
        inputs.add(node);
      }
    }
  }

  private static final class Ordering {
    private final LogicalJoin original;
    private final List<RelNode> inputs;
    private final List<RexNode> conditions;
    private final int[] inputOfColumn;
    private final int[] firstColumn;
    private final RexBuilder rex;
    private final Map<Integer, Integer> position = new HashMap<>();
    private RelNode joined;
    private ImmutableBitSet done = ImmutableBitSet.of();

    Ordering(LogicalJoin original, List<RelNode> inputs, List<RexNode> conditions) {
      this.original = original;
      this.inputs = inputs;
      this.conditions = new ArrayList<>(conditions);
      this.rex = original.getCluster().getRexBuilder();
      this.inputOfColumn = new int[original.getRowType().getFieldCount()];
      this.firstColumn = new int[inputs.size()];
      int column = 0;
      for (int i = 0; i < inputs.size(); i++) {
        firstColumn[i] = column;
        for (int c = 0; c < inputs.get(i).getRowType().getFieldCount(); c++) {
          inputOfColumn[column++] = i;
        }
      }
    }

    RelNode join() {
      take(first());
      while (done.cardinality() < inputs.size()) {
        take(next());
      }
      List<RexNode> columns = new ArrayList<>();
      for (int c = 0; c < inputOfColumn.length; c++) {
        columns.add(rex.makeInputRef(joined, position.get(c)));
      }
      return LogicalProject.create(
          joined, List.of(), columns, original.getRowType().getFieldNames(), java.util.Set.of());
    }

    private int first() {
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i) instanceof LogicalFilter) {
          return i;
        }
      }
      return 0;
    }

    /**
     * The first input not joined yet that a condition ties to the others; a filtered one before.
     */
    private int next() {
      int connected = -1;
      for (int i = 0; i < inputs.size(); i++) {
        if (!done.get(i) && isConnected(i)) {
          if (inputs.get(i) instanceof LogicalFilter) {
            return i;
          }
          connected = connected < 0 ? i : connected;
        }
      }
      return connected >= 0 ? connected : done.nextClearBit(0);
    }

    private boolean isConnected(int input) {
      ImmutableBitSet with = done.set(input);
      return conditions.stream()
          .map(this::inputsOf)
          .anyMatch(used -> used.get(input) && used.cardinality() > 1 && with.contains(used));
    }

    private ImmutableBitSet inputsOf(RexNode condition) {
      ImmutableBitSet.Builder used = ImmutableBitSet.builder();
      RelOptUtil.InputFinder.bits(condition).forEach(column -> used.set(inputOfColumn[column]));
      return used.build();
    }

    private void take(int input) {
      RelNode right = inputs.get(input);
      int width = joined == null ? 0 : joined.getRowType().getFieldCount();
      done = done.set(input);
      for (int c = 0; c < right.getRowType().getFieldCount(); c++) {
        position.put(firstColumn[input] + c, width + c);
      }
      List<RexNode> usable = new ArrayList<>();
      for (Iterator<RexNode> rest = conditions.iterator(); rest.hasNext(); ) {
        RexNode condition = rest.next();
        if (done.contains(inputsOf(condition))) {
          usable.add(moved(condition));
          rest.remove();
        }
      }
      RexNode condition = RexUtil.composeConjunction(rex, usable);
      if (joined == null) {
        joined = usable.isEmpty() ? right : LogicalFilter.create(right, condition);
      } else {
        joined =
            LogicalJoin.create(
                joined, right, List.of(), condition, java.util.Set.of(), JoinRelType.INNER);
      }
    }

    private RexNode moved(RexNode condition) {
      return condition.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
              return new RexInputRef(position.get(column.getIndex()), column.getType());
            }
          });
    }
  }
}
