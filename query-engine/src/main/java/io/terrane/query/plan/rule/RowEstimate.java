package io.terrane.query.plan.rule;

import io.terrane.query.catalog.SnapshotTable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * How many rows a query gives, from the tables' sizes and fixed guesses of what conditions let
 * through, as System R made them (Selinger et al., 1979). Nothing is known of what is computed from
 * a table of unknown size.
 */
public final class RowEstimate {
  private static final double EQUAL = 0.1;
  private static final double RANGE = 1.0 / 3;
  private static final double OTHER = 0.25;
  private static final double GROUPS = 0.1;

  private RowEstimate() {}

  public static OptionalDouble of(RelNode rel) {
    return of(rel, List.of());
  }

  /** Of the rows that meet all conditions. */
  static OptionalDouble of(RelNode rel, List<RexNode> conditions) {
    double rows = rows(rel);
    for (RexNode condition : conditions) {
      rows *= share(condition);
    }
    return Double.isNaN(rows) ? OptionalDouble.empty() : OptionalDouble.of(rows);
  }

  /** NaN if it is not known. */
  private static double rows(RelNode rel) {
    if (rel instanceof TableScan scan) {
      SnapshotTable table = scan.getTable().unwrap(SnapshotTable.class);
      OptionalLong size = table == null ? OptionalLong.empty() : table.rows();
      return size.isPresent() ? size.getAsLong() : Double.NaN;
    } else if (rel instanceof Values values) {
      return values.getTuples().size();
    } else if (rel instanceof Filter filter) {
      return atLeastOne(rows(filter.getInput()) * share(filter.getCondition()));
    } else if (rel instanceof Aggregate aggregate) {
      return aggregate.getGroupCount() == 0
          ? 1
          : atLeastOne(
              rows(aggregate.getInput()) * GROUPS * Math.max(1, aggregate.getGroupSets().size()));
    } else if (rel instanceof Sort sort) {
      return sorted(sort);
    } else if (rel instanceof Join join) {
      return joined(join);
    } else if (rel instanceof SetOp setOp) {
      return set(setOp);
    } else if (rel instanceof Correlate correlate) {
      return rows(correlate.getLeft());
    }
    return rel.getInputs().size() == 1 ? rows(rel.getInput(0)) : Double.NaN;
  }

  private static double atLeastOne(double rows) {
    return rows < 1 ? 1 : rows;
  }

  private static double sorted(Sort sort) {
    double rows = rows(sort.getInput());
    if (sort.offset instanceof RexLiteral offset) {
      rows = Math.max(0, rows - offset.getValueAs(Long.class));
    }
    if (sort.fetch instanceof RexLiteral fetch) {
      long most = fetch.getValueAs(Long.class);
      rows = Double.isNaN(rows) ? rows : Math.min(rows, most);
    }
    return rows;
  }

  private static double joined(Join join) {
    double left = rows(join.getLeft());
    double right = rows(join.getRight());
    if (!join.getJoinType().projectsRight()) {
      return atLeastOne(left / 2);
    }
    List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
    boolean equation = conditions.stream().anyMatch(each -> each.getKind() == SqlKind.EQUALS);
    double pairs = equation ? Math.max(left, right) : left * right * share(join.getCondition());
    double kept = join.getJoinType().generatesNullsOnRight() ? Math.max(pairs, left) : pairs;
    return atLeastOne(join.getJoinType() == JoinRelType.RIGHT ? Math.max(kept, right) : kept);
  }

  private static double set(SetOp setOp) {
    double first = rows(setOp.getInput(0));
    if (!(setOp instanceof Union)) {
      return first;
    }
    return setOp.getInputs().stream().mapToDouble(RowEstimate::rows).sum();
  }

  /** The share of rows that meet a condition, from 0 to 1. */
  private static double share(RexNode condition) {
    return switch (condition.getKind()) {
      case AND ->
          operands(condition).stream().mapToDouble(RowEstimate::share).reduce(1, (a, b) -> a * b);
      case OR -> Math.min(1, operands(condition).stream().mapToDouble(RowEstimate::share).sum());
      case NOT -> 1 - share(operands(condition).get(0));
      case EQUALS, IS_NULL -> EQUAL;
      case NOT_EQUALS, IS_NOT_NULL -> 1 - EQUAL;
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> RANGE;
      case LITERAL -> condition.isAlwaysFalse() ? 0 : 1;
      default -> OTHER;
    };
  }

  private static List<RexNode> operands(RexNode condition) {
    return ((RexCall) condition).getOperands();
  }
}
