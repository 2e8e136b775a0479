package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.FLOAT64;
import static io.terrane.query.function.Param.DOUBLE;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.NUMBER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Param;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Mathematical functions (MySQL 8.4 manual, 14.6.2); outside their domain they give NULL. */
final class NumericFunctions {
  private NumericFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("abs")
            .takes(NUMBER)
            .returns(types -> types.get(0))
            .kernel(
                (context, a, row, out) -> {
                  if (a[0].storage() == Column.Storage.LONG
                      && a[0].longAt(row) == Long.MIN_VALUE
                      && !a[0].type().isUnsigned()) {
                    throw outOfRange("abs(" + a[0].longAt(row) + ")");
                  }
                  if (signum(a[0], row) < 0) {
                    negate(a[0], row, out);
                  } else {
                    out.setFrom(row, a[0], row);
                  }
                }),
        RowFunction.named("sign")
            .takes(NUMBER)
            .returns(DataType.INT64)
            .kernel((context, a, row, out) -> out.setLong(row, signum(a[0], row))),
        unary("sqrt", x -> x < 0 ? Double.NaN : Math.sqrt(x)),
        unary("cbrt", Math::cbrt),
        unary("exp", Math::exp),
        unary("ln", NumericFunctions::ln),
        unary("log10", x -> x <= 0 ? Double.NaN : Math.log10(x)),
        unary("log2", x -> ln(x) / Math.log(2)),
        unary("sin", Math::sin),
        unary("cos", Math::cos),
        unary("tan", Math::tan),
        unary("cot", x -> 1 / Math.tan(x)),
        unary("asin", Math::asin),
        unary("acos", Math::acos),
        unary("sinh", Math::sinh),
        unary("cosh", Math::cosh),
        unary("tanh", Math::tanh),
        unary("degrees", Math::toDegrees),
        unary("radians", Math::toRadians),
        binary("pow", List.of("power"), Math::pow),
        binary("atan2", List.of(), Math::atan2),
        RowFunction.named("atan")
            .takes(DOUBLE)
            .optionally(DOUBLE)
            .returns(FLOAT64)
            .kernel(
                (context, a, row, out) ->
                    out.setDouble(
                        row,
                        a.length == 1
                            ? Math.atan(a[0].doubleAt(row))
                            : Math.atan2(a[0].doubleAt(row), a[1].doubleAt(row)))),
        RowFunction.named("log")
            .takes(DOUBLE)
            .optionally(DOUBLE)
            .returns(FLOAT64)
            .kernel(
                (context, a, row, out) ->
                    give(
                        a.length == 1
                            ? ln(a[0].doubleAt(row))
                            : base(a[0].doubleAt(row), a[1].doubleAt(row)),
                        row,
                        out)),
        RowFunction.named("pi")
            .returns(FLOAT64)
            .kernel((context, a, row, out) -> out.setDouble(row, Math.PI)),
        RowFunction.named("isnan")
            .takes(DOUBLE)
            .returns(DataType.BOOLEAN)
            .kernel(
                (context, a, row, out) -> out.setBoolean(row, Double.isNaN(a[0].doubleAt(row)))),
        RowFunction.named("rand", "random")
            .optionally(INTEGER)
            .returns(FLOAT64)
            .volatility(Volatility.VOLATILE)
            .kernelPerUse(NumericFunctions::random),
        RowFunction.named("gcd")
            .takes(INTEGER, INTEGER)
            .returns(DataType.INT64)
            .kernel((context, a, row, out) -> out.setLong(row, gcd(a, row).longValueExact())),
        RowFunction.named("lcm")
            .takes(INTEGER, INTEGER)
            .returns(DataType.INT64)
            .kernel(NumericFunctions::lcm),
        clamp("clamp", -1, 1),
        clamp("clamp_min", -1),
        clamp("clamp_max", 1),
        RowFunction.named("conv")
            .takes(TEXT, INTEGER, INTEGER)
            .returns(DataType.STRING)
            .kernel(NumericFunctions::conv),
        RowFunction.named("bin")
            .takes(INTEGER)
            .returns(DataType.STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, Long.toBinaryString(a[0].longAt(row)))),
        RowFunction.named("oct")
            .takes(INTEGER)
            .returns(DataType.STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, Long.toOctalString(a[0].longAt(row)))));
  }

  private static double ln(double value) {
    return value <= 0 ? Double.NaN : Math.log(value);
  }

  private static double base(double base, double value) {
    return base <= 0 || base == 1 ? Double.NaN : ln(value) / Math.log(base);
  }

  /** Writes a result, NULL if it is no number. */
  private static void give(double value, int row, Column out) {
    if (Double.isNaN(value)) {
      out.setDouble(row, 0);
      out.setNull(row);
    } else {
      out.setDouble(row, value);
    }
  }

  private static ScalarFunction unary(String name, DoubleUnaryOperator operator) {
    return RowFunction.named(name)
        .takes(DOUBLE)
        .returns(FLOAT64)
        .kernel(
            (context, a, row, out) -> {
              double value = operator.applyAsDouble(a[0].doubleAt(row));
              if (Double.isInfinite(value) && Double.isFinite(a[0].doubleAt(row))) {
                throw outOfRange(name + "(" + a[0].doubleAt(row) + ")");
              }
              give(value, row, out);
            });
  }

  private static ScalarFunction binary(
      String name, List<String> aliases, DoubleBinaryOperator operator) {
    return RowFunction.named(name, aliases.toArray(String[]::new))
        .takes(DOUBLE, DOUBLE)
        .returns(FLOAT64)
        .kernel(
            (context, a, row, out) -> {
              double left = a[0].doubleAt(row);
              double right = a[1].doubleAt(row);
              double value = operator.applyAsDouble(left, right);
              if (!Double.isFinite(value) && Double.isFinite(left) && Double.isFinite(right)) {
                throw outOfRange(name + "(" + left + "," + right + ")");
              }
              out.setDouble(row, value);
            });
  }

  private static TerraneException outOfRange(String what) {
    return new TerraneException(
        ErrorCode.NUMERIC_OVERFLOW, "value is out of range in '" + what + "'");
  }

  static int signum(Column column, int row) {
    return switch (column.storage()) {
      case LONG ->
          column.type().isUnsigned() && column.longAt(row) != 0
              ? 1
              : Long.signum(column.longAt(row));
      case DOUBLE -> (int) Math.signum(column.doubleAt(row));
      case DECIMAL -> column.decimalAt(row).signum();
      case BYTES -> throw new IllegalStateException("a number is not held as bytes");
    };
  }

  private static void negate(Column from, int row, Column out) {
    switch (from.storage()) {
      case LONG -> out.setLong(row, -from.longAt(row));
      case DOUBLE -> out.setDouble(row, -from.doubleAt(row));
      case DECIMAL -> out.setDecimal(row, from.decimalAt(row).negate());
      case BYTES -> throw new IllegalStateException("a number is not held as bytes");
    }
  }

  /** RAND(seed) repeats its sequence, RAND() does not. */
  private static RowFunction.Kernel random() {
    SplittableRandom[] seeded = {null};
    return (context, a, row, out) -> {
      if (a.length == 0) {
        out.setDouble(row, context.random().nextDouble());
      } else {
        if (seeded[0] == null) {
          seeded[0] = new SplittableRandom(a[0].longAt(row));
        }
        out.setDouble(row, seeded[0].nextDouble());
      }
    };
  }

  private static BigInteger gcd(Column[] a, int row) {
    return BigInteger.valueOf(a[0].longAt(row)).gcd(BigInteger.valueOf(a[1].longAt(row)));
  }

  private static void lcm(ExecutionContext context, Column[] a, int row, Column out) {
    BigInteger divisor = gcd(a, row);
    if (divisor.signum() == 0) {
      out.setLong(row, 0);
      return;
    }
    BigInteger multiple =
        BigInteger.valueOf(a[0].longAt(row))
            .divide(divisor)
            .multiply(BigInteger.valueOf(a[1].longAt(row)))
            .abs();
    if (multiple.bitLength() > 63) {
      throw outOfRange("lcm(" + a[0].longAt(row) + "," + a[1].longAt(row) + ")");
    }
    out.setLong(row, multiple.longValue());
  }

  /** Brings a value to bounds: -1 for a lower one, 1 for an upper one. */
  private static ScalarFunction clamp(String name, int... bounds) {
    Param[] params = new Param[bounds.length + 1];
    Arrays.fill(params, DOUBLE);
    return RowFunction.named(name)
        .takes(params)
        .returns(FLOAT64)
        .kernel(
            (context, a, row, out) -> {
              double value = a[0].doubleAt(row);
              for (int i = 0; i < bounds.length; i++) {
                double bound = a[i + 1].doubleAt(row);
                value = bounds[i] < 0 ? Math.max(value, bound) : Math.min(value, bound);
              }
              out.setDouble(row, value);
            });
  }

  private static void conv(ExecutionContext context, Column[] a, int row, Column out) {
    int from = (int) Math.abs(a[1].longAt(row));
    int to = (int) a[2].longAt(row);
    if (from < 2 || from > 36 || Math.abs(to) < 2 || Math.abs(to) > 36) {
      out.setNull(row);
      return;
    }
    String text = a[0].stringAt(row).trim();
    boolean negative = text.startsWith("-");
    int end = negative ? 1 : 0;
    int start = end;
    while (end < text.length() && Character.digit(text.charAt(end), from) >= 0) {
      end++;
    }
    BigInteger value =
        end == start ? BigInteger.ZERO : new BigInteger(text.substring(start, end), from);
    BigInteger max = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    long bits = (value.compareTo(max) > 0 ? max : value).longValue();
    bits = negative ? -bits : bits;
    String result = to < 0 ? Long.toString(bits, -to) : Long.toUnsignedString(bits, to);
    out.setString(row, result.toUpperCase(Locale.ROOT));
  }
}
