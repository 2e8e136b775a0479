package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact arithmetic, and {@code div} of anything that is not an integer. */
final class DecimalKernels {
  private DecimalKernels() {}

  static BinaryExpr.Kernel of(Arithmetic.Operation operation, DataType type) {
    return (left, right, out, rows) -> {
      for (int i = 0; i < rows; i++) {
        if (!out.isNull(i)) {
          compute(operation, left.decimalAt(i), right.decimalAt(i), type, out, i);
        }
      }
    };
  }

  private static void compute(
      Arithmetic.Operation operation,
      BigDecimal a,
      BigDecimal b,
      DataType type,
      Column out,
      int row) {
    switch (operation) {
      case ADD -> out.setDecimal(row, Decimals.fit(a.add(b), type));
      case SUBTRACT -> out.setDecimal(row, Decimals.fit(a.subtract(b), type));
      case MULTIPLY -> out.setDecimal(row, Decimals.fit(a.multiply(b), type));
      case DIVIDE, MODULO, INTEGER_DIVIDE -> {
        if (b.signum() == 0) {
          out.setNull(row);
        } else if (operation == Arithmetic.Operation.DIVIDE) {
          BigDecimal quotient = a.divide(b, type.scale(), RoundingMode.HALF_UP);
          out.setDecimal(row, Decimals.fit(quotient, type));
        } else if (operation == Arithmetic.Operation.MODULO) {
          out.setDecimal(row, Decimals.fit(a.remainder(b), type));
        } else {
          whole(a.divideToIntegralValue(b), type, out, row);
        }
      }
    }
  }

  private static void whole(BigDecimal quotient, DataType type, Column out, int row) {
    boolean unsigned = type.kind() == DataType.Kind.UINT64;
    int bits = quotient.toBigInteger().bitLength();
    if (bits > (unsigned ? 64 : 63) || (unsigned && quotient.signum() < 0)) {
      throw new TerraneException(
          ErrorCode.NUMERIC_OVERFLOW,
          "BIGINT value is out of range in '" + quotient.toPlainString() + "'");
    }
    out.setLong(row, quotient.toBigInteger().longValue());
  }
}
