package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Column;

/**
 * Arithmetic on INT64. The loops compute every row and only collect whether any overflowed; who did
 * is looked up afterwards, since a row that is NULL may.
 */
final class LongKernels {
  private LongKernels() {}

  static BinaryExpr.Kernel of(Arithmetic.Operation operation) {
    return switch (operation) {
      case ADD -> LongKernels::add;
      case SUBTRACT -> LongKernels::subtract;
      case MULTIPLY -> LongKernels::multiply;
      case INTEGER_DIVIDE -> LongKernels::divide;
      case MODULO -> LongKernels::modulo;
      case DIVIDE -> throw new IllegalStateException("/ gives no integers");
    };
  }

  private static void add(Column left, Column right, Column out, int rows) {
    long[] a = left.longs();
    long[] b = right.longs();
    long[] to = out.longs();
    long overflow = 0;
    for (int i = 0; i < rows; i++) {
      long sum = a[i] + b[i];
      overflow |= (a[i] ^ sum) & (b[i] ^ sum);
      to[i] = sum;
    }
    if (overflow < 0) {
      for (int i = 0; i < rows; i++) {
        if (!out.isNull(i) && ((a[i] ^ to[i]) & (b[i] ^ to[i])) < 0) {
          throw outOfRange(a[i], "+", b[i]);
        }
      }
    }
  }

  private static void subtract(Column left, Column right, Column out, int rows) {
    long[] a = left.longs();
    long[] b = right.longs();
    long[] to = out.longs();
    long overflow = 0;
    for (int i = 0; i < rows; i++) {
      long difference = a[i] - b[i];
      overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
      to[i] = difference;
    }
    if (overflow < 0) {
      for (int i = 0; i < rows; i++) {
        if (!out.isNull(i) && ((a[i] ^ b[i]) & (a[i] ^ to[i])) < 0) {
          throw outOfRange(a[i], "-", b[i]);
        }
      }
    }
  }

  private static void multiply(Column left, Column right, Column out, int rows) {
    long[] a = left.longs();
    long[] b = right.longs();
    long[] to = out.longs();
    for (int i = 0; i < rows; i++) {
      long product = a[i] * b[i];
      if (Math.multiplyHigh(a[i], b[i]) != product >> 63 && !out.isNull(i)) {
        throw outOfRange(a[i], "*", b[i]);
      }
      to[i] = product;
    }
  }

  private static void divide(Column left, Column right, Column out, int rows) {
    for (int i = 0; i < rows; i++) {
      if (out.isNull(i)) {
        continue;
      }
      long divisor = right.longAt(i);
      if (divisor == 0) {
        out.setNull(i);
      } else if (divisor == -1 && left.longAt(i) == Long.MIN_VALUE) {
        throw outOfRange(left.longAt(i), "DIV", divisor);
      } else {
        out.setLong(i, left.longAt(i) / divisor);
      }
    }
  }

  private static void modulo(Column left, Column right, Column out, int rows) {
    for (int i = 0; i < rows; i++) {
      if (out.isNull(i)) {
        continue;
      }
      if (right.longAt(i) == 0) {
        out.setNull(i);
      } else {
        out.setLong(i, left.longAt(i) % right.longAt(i));
      }
    }
  }

  private static TerraneException outOfRange(long left, String symbol, long right) {
    return new TerraneException(
        ErrorCode.NUMERIC_OVERFLOW,
        "BIGINT value is out of range in '(" + left + " " + symbol + " " + right + ")'");
  }
}
