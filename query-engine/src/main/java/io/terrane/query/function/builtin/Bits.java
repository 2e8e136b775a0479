package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Param;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;

/** {@code & | ^ ~ << >>} and {@code neg}: bits give UINT64 (MySQL 8.4 manual, 14.12). */
final class Bits {
  private Bits() {}

  static List<ScalarFunction> all() {
    return List.of(
        binary("&", (a, b) -> a & b),
        binary("|", (a, b) -> a | b),
        binary("^", (a, b) -> a ^ b),
        binary("<<", (a, b) -> b < 0 || b > 63 ? 0 : a << b),
        binary(">>", (a, b) -> b < 0 || b > 63 ? 0 : a >>> b),
        RowFunction.named("~")
            .takes(Param.NUMBER)
            .returns(DataType.UINT64)
            .kernel((context, a, row, out) -> out.setLong(row, ~bits(a[0], row))),
        RowFunction.named("bit_count")
            .takes(Param.NUMBER)
            .returns(DataType.INT64)
            .kernel((context, a, row, out) -> out.setLong(row, Long.bitCount(bits(a[0], row)))));
  }

  private interface BitOperation {
    long apply(long left, long right);
  }

  private static ScalarFunction binary(String name, BitOperation operation) {
    return RowFunction.named(name)
        .takes(Param.NUMBER, Param.NUMBER)
        .returns(DataType.UINT64)
        .kernel(
            (context, a, row, out) ->
                out.setLong(row, operation.apply(bits(a[0], row), bits(a[1], row))));
  }

  private static long bits(Column column, int row) {
    return switch (column.storage()) {
      case LONG -> column.longAt(row);
      case DOUBLE -> (long) Math.rint(column.doubleAt(row));
      case DECIMAL ->
          column
              .decimalAt(row)
              .setScale(0, java.math.RoundingMode.HALF_UP)
              .toBigInteger()
              .longValue();
      case BYTES -> throw new IllegalStateException("a number is not held as bytes");
    };
  }
}
