package io.terrane.datanode.scan;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * What is wanted of one key column: one of some points, or a stretch between two bounds. NULL is
 * never wanted. Immutable.
 */
final class KeyTest {
  private final KeyValues values;

  /** Values 0 to {@code points - 1} are wanted, in ascending order; -1 for a stretch. */
  private final int points;

  private final int lower;
  private final boolean lowerIncluded;
  private final int upper;
  private final boolean upperIncluded;

  private KeyTest(DataType type, List<Datum> points) {
    this.values = KeyValues.of(type, points);
    this.points = points.size();
    this.lower = -1;
    this.upper = -1;
    this.lowerIncluded = false;
    this.upperIncluded = false;
  }

  private KeyTest(DataType type, Bound lower, Bound upper) {
    List<Datum> bounds = new ArrayList<>();
    this.points = -1;
    this.lower = lower == null ? -1 : bounds.size();
    this.lowerIncluded = lower != null && lower.included();
    if (lower != null) {
      bounds.add(lower.value());
    }
    this.upper = upper == null ? -1 : bounds.size();
    this.upperIncluded = upper != null && upper.included();
    if (upper != null) {
      bounds.add(upper.value());
    }
    this.values = KeyValues.of(type, bounds);
  }

  private record Bound(Datum value, boolean included) {}

  /**
   * @param conditions on one column, at least one, all of which must hold
   */
  static KeyTest of(DataType type, List<ColumnCondition> conditions) {
    List<Datum> points = null;
    Bound lower = null;
    Bound upper = null;
    for (ColumnCondition condition : conditions) {
      if (condition.operator().equals("=")) {
        points = points == null ? condition.values() : common(points, condition.values());
      } else if (condition.values().isEmpty()) {
        points = List.of();
      } else {
        Bound bound = new Bound(condition.values().get(0), condition.operator().endsWith("="));
        if (condition.operator().startsWith(">")) {
          lower = lower == null || isWithin(bound.value(), lower, null) ? bound : lower;
        } else {
          upper = upper == null || isWithin(bound.value(), null, upper) ? bound : upper;
        }
      }
    }
    if (points == null) {
      return new KeyTest(type, lower, upper);
    }
    Bound from = lower;
    Bound to = upper;
    return new KeyTest(
        type,
        points.stream()
            .filter(point -> isWithin(point, from, to))
            .sorted(Datums::compare)
            .distinct()
            .toList());
  }

  private static List<Datum> common(List<Datum> some, List<Datum> others) {
    return some.stream().filter(others::contains).toList();
  }

  private static boolean isWithin(Datum value, Bound lower, Bound upper) {
    int above = lower == null ? 1 : Datums.compare(value, lower.value());
    int below = upper == null ? 1 : Datums.compare(upper.value(), value);
    return (above > 0 || (above == 0 && lower.included()))
        && (below > 0 || (below == 0 && upper.included()));
  }

  /** How many stretches of rows may be wanted among rows that are sorted by this column. */
  int stretches() {
    return points < 0 ? 1 : points;
  }

  /** The first row of a stretch at or behind {@code from}. */
  int first(int stretch, FieldVector vector, int from, int to) {
    return points < 0
        ? search(vector, from, to, lower, lower >= 0 && !lowerIncluded)
        : search(vector, from, to, stretch, false);
  }

  /** The row behind a stretch that begins at {@code from}. */
  int end(int stretch, FieldVector vector, int from, int to) {
    if (points >= 0) {
      return search(vector, from, to, stretch, true);
    }
    return upper < 0 ? to : search(vector, from, to, upper, upperIncluded);
  }

  /**
   * The first row above a value, or not below it; -1 stands for a value below all others. Looks
   * near {@code from} first.
   */
  private int search(FieldVector vector, int from, int to, int value, boolean above) {
    int low = from;
    int step = 1;
    while (low + step < to && isBefore(vector, low + step, value, above)) {
      low += step;
      step *= 2;
    }
    int high = Math.min(to, low + step);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore(vector, middle, value, above)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isBefore(FieldVector vector, int row, int value, boolean above) {
    if (vector.isNull(row)) {
      return true;
    }
    if (value < 0) {
      return false;
    }
    int order = values.compare(vector, row, value);
    return above ? order <= 0 : order < 0;
  }
}
