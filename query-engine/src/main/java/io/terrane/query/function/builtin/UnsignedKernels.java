package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import java.math.BigInteger;

/** Arithmetic where an operand is UINT64; the result must lie in the result's type. */
final class UnsignedKernels {
  private UnsignedKernels() {}

  static BinaryExpr.Kernel of(
      Arithmetic.Operation operation, DataType leftType, DataType rightType, DataType type) {
    return (left, right, out, rows) -> {
      for (int i = 0; i < rows; i++) {
        if (!out.isNull(i)) {
          long a = left.longAt(i);
          long b = right.longAt(i);
          if (a < 0 || b < 0 || !small(operation, a, b, out, i)) {
            wide(
                operation,
                Decimals.ofLong(a, leftType).toBigInteger(),
                Decimals.ofLong(b, rightType).toBigInteger(),
                type,
                out,
                i);
          }
        }
      }
    };
  }

  /** Neither operand uses the highest bit; false if the result does not fit. */
  private static boolean small(
      Arithmetic.Operation operation, long a, long b, Column out, int row) {
    switch (operation) {
      case ADD -> out.setLong(row, a + b);
      case SUBTRACT -> {
        if (a < b) {
          return false;
        }
        out.setLong(row, a - b);
      }
      case MULTIPLY -> {
        if (Math.multiplyHigh(a, b) != 0) {
          return false;
        }
        out.setLong(row, a * b);
      }
      case INTEGER_DIVIDE, MODULO -> {
        if (b == 0) {
          out.setNull(row);
        } else {
          out.setLong(row, operation == Arithmetic.Operation.MODULO ? a % b : a / b);
        }
      }
      case DIVIDE -> throw new IllegalStateException("/ gives no integers");
    }
    return true;
  }

  private static void wide(
      Arithmetic.Operation operation,
      BigInteger a,
      BigInteger b,
      DataType type,
      Column out,
      int row) {
    boolean divides =
        operation == Arithmetic.Operation.INTEGER_DIVIDE
            || operation == Arithmetic.Operation.MODULO;
    if (divides && b.signum() == 0) {
      out.setNull(row);
      return;
    }
    BigInteger value =
        switch (operation) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case INTEGER_DIVIDE -> a.divide(b);
          case MODULO -> a.remainder(b);
          case DIVIDE -> throw new IllegalStateException("/ gives no integers");
        };
    boolean fits =
        type.kind() == DataType.Kind.UINT64
            ? value.signum() >= 0 && value.bitLength() <= 64
            : value.bitLength() <= 63;
    if (!fits) {
      throw new TerraneException(
          ErrorCode.NUMERIC_OVERFLOW,
          "BIGINT UNSIGNED value is out of range in '("
              + a
              + " "
              + operation.symbol()
              + " "
              + b
              + ")'");
    }
    out.setLong(row, value.longValue());
  }
}
