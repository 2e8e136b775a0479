package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;

/** Which row of a stretch has the greatest or least value, the first of several. */
final class Extreme {
  private Extreme() {}

  /**
   * @param from of rows, none of them NULL, from {@code first} to before {@code end}, at least one
   * @param sign 1 for the greatest, -1 for the least
   */
  static int of(Column from, int first, int end, int sign) {
    if (from.storage() == Column.Storage.DOUBLE) {
      return sign > 0 ? greatest(from.doubles(), first, end) : least(from.doubles(), first, end);
    }
    if (from.storage() == Column.Storage.LONG && from.type().kind() != DataType.Kind.UINT64) {
      return sign > 0 ? greatest(from.longs(), first, end) : least(from.longs(), first, end);
    }
    int best = first;
    for (int i = first + 1; i < end; i++) {
      if (Comparison.compare(from, i, from, best) * sign > 0) {
        best = i;
      }
    }
    return best;
  }

  /** The hardware's comparison decides most; only where it does not, there may be a NaN or a -0. */
  private static int greatest(double[] values, int first, int end) {
    int best = first;
    for (int i = first + 1; i < end; i++) {
      if (!(values[i] < values[best]) && Double.compare(values[i], values[best]) > 0) {
        best = i;
      }
    }
    return best;
  }

  private static int least(double[] values, int first, int end) {
    int best = first;
    for (int i = first + 1; i < end; i++) {
      if (!(values[i] > values[best]) && Double.compare(values[i], values[best]) < 0) {
        best = i;
      }
    }
    return best;
  }

  private static int greatest(long[] values, int first, int end) {
    int best = first;
    for (int i = first + 1; i < end; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static int least(long[] values, int first, int end) {
    int best = first;
    for (int i = first + 1; i < end; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }
}
