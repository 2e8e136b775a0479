package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Column;

/** Arithmetic on FLOAT64; a result beyond it is an error unless an operand was infinite already. */
final class DoubleKernels {
  private DoubleKernels() {}

  static BinaryExpr.Kernel of(Arithmetic.Operation operation) {
    return switch (operation) {
      case ADD ->
          (left, right, out, rows) -> {
            double[] a = left.doubles();
            double[] b = right.doubles();
            double[] to = out.doubles();
            for (int i = 0; i < rows; i++) {
              to[i] = a[i] + b[i];
            }
            check(operation, left, right, out, rows);
          };
      case SUBTRACT ->
          (left, right, out, rows) -> {
            double[] a = left.doubles();
            double[] b = right.doubles();
            double[] to = out.doubles();
            for (int i = 0; i < rows; i++) {
              to[i] = a[i] - b[i];
            }
            check(operation, left, right, out, rows);
          };
      case MULTIPLY ->
          (left, right, out, rows) -> {
            double[] a = left.doubles();
            double[] b = right.doubles();
            double[] to = out.doubles();
            for (int i = 0; i < rows; i++) {
              to[i] = a[i] * b[i];
            }
            check(operation, left, right, out, rows);
          };
      case DIVIDE, MODULO ->
          (left, right, out, rows) -> quotient(operation, left, right, out, rows);
      case INTEGER_DIVIDE -> throw new IllegalStateException("div gives integers");
    };
  }

  private static void quotient(
      Arithmetic.Operation operation, Column left, Column right, Column out, int rows) {
    for (int i = 0; i < rows; i++) {
      double divisor = right.doubleAt(i);
      if (divisor == 0) {
        out.setDouble(i, 0);
        out.setNull(i);
      } else {
        double value = left.doubleAt(i);
        out.setDouble(
            i, operation == Arithmetic.Operation.DIVIDE ? value / divisor : value % divisor);
      }
    }
    check(operation, left, right, out, rows);
  }

  private static void check(
      Arithmetic.Operation operation, Column left, Column right, Column out, int rows) {
    double[] to = out.doubles();
    double poison = 0;
    for (int i = 0; i < rows; i++) {
      // Infinite and NaN turn this into NaN, everything else into 0.
      poison += to[i] * 0;
    }
    if (poison == 0) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      boolean operandsFinite =
          Double.isFinite(left.doubleAt(i)) && Double.isFinite(right.doubleAt(i));
      if (!Double.isFinite(to[i]) && operandsFinite && !out.isNull(i)) {
        throw new TerraneException(
            ErrorCode.NUMERIC_OVERFLOW,
            "DOUBLE value is out of range in '("
                + left.doubleAt(i)
                + " "
                + operation.symbol()
                + " "
                + right.doubleAt(i)
                + ")'");
      }
    }
  }
}
