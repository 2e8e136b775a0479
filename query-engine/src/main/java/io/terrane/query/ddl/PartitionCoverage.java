package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether each row belongs to exactly one region. Between two neighbouring bounds of a column all
 * values behave alike, so it is enough to try each bound and one point in each gap, for every
 * combination of columns.
 */
final class PartitionCoverage {
  /** Rules with more combinations than this are taken on trust. */
  private static final long POINTS_MAX = 1_000_000;

  private final PartitionRule rule;
  private final Map<String, List<Datum>> bounds = new HashMap<>();

  PartitionCoverage(PartitionRule rule) {
    this.rule = rule;
  }

  /** INVALID_PARTITION_RULE with an example where regions overlap or leave a gap. */
  void check() {
    Map<String, TreeSet<Datum>> sorted = new HashMap<>();
    rule.columns().forEach(column -> sorted.put(column, new TreeSet<>(Datums::compare)));
    rule.bounds().forEach(bound -> collect(bound.expr(), sorted));
    long points = rule.bounds().size();
    for (String column : rule.columns()) {
      bounds.put(column, new ArrayList<>(sorted.get(column)));
      points *= 2L * sorted.get(column).size() + 1;
      if (points > POINTS_MAX) {
        return;
      }
    }
    tryColumn(0, new HashMap<>());
  }

  private static void collect(PartitionExpr expr, Map<String, TreeSet<Datum>> into) {
    if (expr instanceof PartitionExpr.Compare compare) {
      into.get(compare.column()).add(compare.bound());
    } else if (expr instanceof PartitionExpr.And and) {
      collect(and.left(), into);
      collect(and.right(), into);
    } else if (expr instanceof PartitionExpr.Or or) {
      collect(or.left(), into);
      collect(or.right(), into);
    }
  }

  /** Positions count 2 per bound: odd ones are bounds, even ones the gaps around them. */
  private void tryColumn(int index, Map<String, Integer> point) {
    if (index == rule.columns().size()) {
      tryPoint(point);
      return;
    }
    String column = rule.columns().get(index);
    for (int position = 0; position <= 2 * bounds.get(column).size(); position++) {
      point.put(column, position);
      tryColumn(index + 1, point);
    }
  }

  private void tryPoint(Map<String, Integer> point) {
    List<String> matching = new ArrayList<>();
    for (PartitionRule.Bound bound : rule.bounds()) {
      if (matches(bound.expr(), point)) {
        matching.add(bound.sql());
      }
    }
    if (matching.size() == 1) {
      return;
    }
    String where = describe(point);
    throw new TerraneException(
        ErrorCode.INVALID_PARTITION_RULE,
        matching.isEmpty()
            ? "Invalid partition rule: no partition holds rows with " + where
            : "Invalid partition rule: partitions overlap, "
                + matching
                + " all hold rows with "
                + where);
  }

  private boolean matches(PartitionExpr expr, Map<String, Integer> point) {
    if (expr instanceof PartitionExpr.And and) {
      return matches(and.left(), point) && matches(and.right(), point);
    }
    if (expr instanceof PartitionExpr.Or or) {
      return matches(or.left(), point) || matches(or.right(), point);
    }
    PartitionExpr.Compare compare = (PartitionExpr.Compare) expr;
    int bound = 2 * indexOf(compare) + 1;
    int position = point.get(compare.column());
    return switch (compare.op()) {
      case EQ -> position == bound;
      case NE -> position != bound;
      case LT -> position < bound;
      case LE -> position <= bound;
      case GT -> position > bound;
      case GE -> position >= bound;
    };
  }

  private int indexOf(PartitionExpr.Compare compare) {
    List<Datum> values = bounds.get(compare.column());
    for (int i = 0; i < values.size(); i++) {
      if (Datums.compare(values.get(i), compare.bound()) == 0) {
        return i;
      }
    }
    throw new IllegalStateException("bound " + compare.bound() + " was not collected");
  }

  private String describe(Map<String, Integer> point) {
    List<String> parts = new ArrayList<>();
    for (String column : rule.columns()) {
      List<Datum> values = bounds.get(column);
      int position = point.get(column);
      if (values.isEmpty()) {
        parts.add("any " + column);
      } else if (position % 2 == 1) {
        parts.add(column + " = " + values.get(position / 2).value());
      } else if (position == 0) {
        parts.add(column + " < " + values.get(0).value());
      } else {
        parts.add(column + " > " + values.get(position / 2 - 1).value());
      }
    }
    return String.join(", ", parts);
  }
}
