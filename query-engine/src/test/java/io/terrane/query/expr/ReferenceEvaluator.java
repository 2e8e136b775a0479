package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operators once more, a row and a value at a time, as plainly as possible: what kernels are
 * compared with. Exact numbers are BigDecimals throughout.
 */
final class ReferenceEvaluator {
  private static final Pattern PREFIX =
      Pattern.compile("\\s*([+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?)");
  private static final BigDecimal TWO_63 = new BigDecimal("9223372036854775808");
  private static final BigDecimal TWO_64 = new BigDecimal("18446744073709551616");

  private ReferenceEvaluator() {}

  static Datum evaluate(ScalarExpr expr, List<Datum> row) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return row.get(ref.index());
    }
    if (expr instanceof ScalarExpr.Literal literal) {
      return literal.value();
    }
    ScalarExpr.Call call = (ScalarExpr.Call) expr;
    return switch (call.function()) {
      case "case" -> choose(call, row);
      case "coalesce" -> firstPresent(call, row);
      default -> {
        List<Datum> values = new ArrayList<>();
        call.arguments().forEach(argument -> values.add(evaluate(argument, row)));
        yield apply(call.function(), values, call.type());
      }
    };
  }

  private static Datum choose(ScalarExpr.Call call, List<Datum> row) {
    int last = call.arguments().size() - 1;
    for (int i = 0; i < last; i += 2) {
      if (Boolean.TRUE.equals(truth(evaluate(call.arguments().get(i), row)))) {
        return evaluate(call.arguments().get(i + 1), row);
      }
    }
    return evaluate(call.arguments().get(last), row);
  }

  private static Datum firstPresent(ScalarExpr.Call call, List<Datum> row) {
    for (ScalarExpr argument : call.arguments()) {
      Datum value = evaluate(argument, row);
      if (!value.isNull()) {
        return value;
      }
    }
    return Datum.ofNull(call.type());
  }

  private static Datum apply(String name, List<Datum> values, DataType type) {
    return switch (name) {
      case "+", "-", "*", "/", "div", "%" -> arithmetic(name, values.get(0), values.get(1), type);
      case "=", "<>", "<", "<=", ">", ">=" -> compare(name, values.get(0), values.get(1));
      case "<=>" -> {
        boolean anyNull = values.get(0).isNull() || values.get(1).isNull();
        yield Datum.of(
            anyNull
                ? values.get(0).isNull() && values.get(1).isNull()
                : order(values.get(0), values.get(1)) == 0);
      }
      case "and", "or" -> junction(name.equals("or"), values);
      case "not" -> {
        Boolean truth = truth(values.get(0));
        yield truth == null ? Datum.ofNull(type) : Datum.of(!truth);
      }
      case "is_null" -> Datum.of(values.get(0).isNull());
      case "is_true" -> Datum.of(Boolean.TRUE.equals(truth(values.get(0))));
      case "is_not_false" -> Datum.of(!Boolean.FALSE.equals(truth(values.get(0))));
      case "in" -> in(values);
      default -> throw new IllegalArgumentException("no reference for " + name);
    };
  }

  private static Datum arithmetic(String name, Datum left, Datum right, DataType type) {
    if (left.isNull() || right.isNull()) {
      return Datum.ofNull(type);
    }
    if (type.isFloating()) {
      return floating(name, number(left), number(right), type);
    }
    BigDecimal a = exact(left);
    BigDecimal b = exact(right);
    boolean divides = name.equals("/") || name.equals("div") || name.equals("%");
    if (divides && b.signum() == 0) {
      return Datum.ofNull(type);
    }
    BigDecimal value =
        switch (name) {
          case "+" -> a.add(b);
          case "-" -> a.subtract(b);
          case "*" -> a.multiply(b);
          case "/" -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
          case "%" -> a.remainder(b);
          default -> a.divideToIntegralValue(b);
        };
    if (type.kind() == DataType.Kind.DECIMAL) {
      BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
      check(scaled.precision() <= type.precision());
      return new Datum(type, scaled);
    }
    boolean unsigned = type.kind() == DataType.Kind.UINT64;
    check(
        unsigned
            ? value.signum() >= 0 && value.compareTo(TWO_64) < 0
            : value.compareTo(TWO_63) < 0 && value.compareTo(TWO_63.negate()) >= 0);
    return new Datum(type, value.toBigInteger().longValue());
  }

  private static Datum floating(String name, double a, double b, DataType type) {
    boolean divides = name.equals("/") || name.equals("%");
    if (divides && b == 0) {
      return Datum.ofNull(type);
    }
    double value =
        switch (name) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> a % b;
        };
    check(Double.isFinite(value));
    return new Datum(type, value);
  }

  private static void check(boolean fits) {
    if (!fits) {
      throw new TerraneException(ErrorCode.NUMERIC_OVERFLOW, "reference");
    }
  }

  private static Datum compare(String name, Datum left, Datum right) {
    if (left.isNull() || right.isNull()) {
      return Datum.ofNull(DataType.BOOLEAN);
    }
    int order = order(left, right);
    return Datum.of(
        switch (name) {
          case "=" -> order == 0;
          case "<>" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        });
  }

  private static int order(Datum left, Datum right) {
    boolean leftText = left.type().kind() == DataType.Kind.STRING;
    boolean rightText = right.type().kind() == DataType.Kind.STRING;
    if (leftText && rightText) {
      return Arrays.compareUnsigned(
          ((String) left.value()).getBytes(StandardCharsets.UTF_8),
          ((String) right.value()).getBytes(StandardCharsets.UTF_8));
    }
    if (leftText || rightText || left.type().isFloating() || right.type().isFloating()) {
      return Double.compare(number(left) + 0.0, number(right) + 0.0);
    }
    return exact(left).compareTo(exact(right));
  }

  private static Datum junction(boolean or, List<Datum> values) {
    boolean unknown = false;
    for (Datum value : values) {
      Boolean truth = truth(value);
      if (truth != null && truth == or) {
        return Datum.of(or);
      }
      unknown |= truth == null;
    }
    return unknown ? Datum.ofNull(DataType.BOOLEAN) : Datum.of(!or);
  }

  private static Datum in(List<Datum> values) {
    List<Datum> tests = new ArrayList<>();
    for (Datum element : values.subList(1, values.size())) {
      tests.add(compare("=", values.get(0), element));
    }
    return junction(true, tests);
  }

  private static Boolean truth(Datum value) {
    return value.isNull() ? null : number(value) != 0;
  }

  private static double number(Datum value) {
    return switch (value.type().kind()) {
      case FLOAT64 -> (Double) value.value();
      case STRING -> {
        Matcher prefix = PREFIX.matcher((String) value.value());
        yield prefix.lookingAt() ? Double.parseDouble(prefix.group(1)) : 0;
      }
      default -> exact(value).doubleValue();
    };
  }

  private static BigDecimal exact(Datum value) {
    return switch (value.type().kind()) {
      case BOOLEAN -> (Boolean) value.value() ? BigDecimal.ONE : BigDecimal.ZERO;
      case UINT64 -> new BigDecimal(Long.toUnsignedString((Long) value.value()));
      case DECIMAL -> (BigDecimal) value.value();
      default -> BigDecimal.valueOf((Long) value.value());
    };
  }
}
