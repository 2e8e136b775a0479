package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.Decimals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.Param;
import io.terrane.query.function.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code round truncate ceil floor}. Halves of exact numbers go away from zero, those of doubles to
 * the even neighbour. With a constant number of digits a DECIMAL result has that scale, otherwise
 * its argument's.
 */
final class Rounding implements ScalarFunction {
  /** The functions. */
  enum Operation {
    ROUND(RoundingMode.HALF_UP, 2),
    TRUNCATE(RoundingMode.DOWN, 2),
    CEIL(RoundingMode.CEILING, 1),
    FLOOR(RoundingMode.FLOOR, 1);

    private final RoundingMode mode;
    private final int argumentsMax;

    Operation(RoundingMode mode, int argumentsMax) {
      this.mode = mode;
      this.argumentsMax = argumentsMax;
    }
  }

  private static final int DIGITS_MAX = 30;

  private final Operation operation;

  Rounding(Operation operation) {
    this.operation = operation;
  }

  static List<ScalarFunction> all() {
    return Arrays.stream(Operation.values())
        .map(Rounding::new)
        .map(ScalarFunction.class::cast)
        .toList();
  }

  @Override
  public String name() {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> aliases() {
    return switch (operation) {
      case ROUND, FLOOR -> List.of();
      case TRUNCATE -> List.of("trunc");
      case CEIL -> List.of("ceiling");
    };
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, operation.argumentsMax);
    DataType number = Param.number(arguments.get(0));
    return number.kind() == DataType.Kind.DECIMAL && arguments.size() == 1
        ? withScale(number, 0)
        : number;
  }

  @Override
  public DataType resultType(List<DataType> arguments, List<Optional<Datum>> constants) {
    DataType type = resultType(arguments);
    boolean known =
        type.kind() == DataType.Kind.DECIMAL
            && constants.size() > 1
            && constants.get(1).map(digits -> digits.value() instanceof Long).orElse(false);
    if (!known) {
      return type;
    }
    long digits = (Long) constants.get(1).get().value();
    return withScale(type, (int) Math.max(0, Math.min(digits, type.scale())));
  }

  private static DataType withScale(DataType type, int scale) {
    return scale == type.scale()
        ? type
        : Decimals.ofDigits(type.precision() - type.scale() + 1, scale);
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    List<DataType> types = arguments.stream().map(VectorExpr::type).toList();
    DataType type = resultType(types, arguments.stream().map(VectorExpr::constant).toList());
    List<VectorExpr> inputs = new ArrayList<>();
    inputs.add(Casts.implicit(context, arguments.get(0), Param.number(types.get(0))));
    if (arguments.size() > 1) {
      inputs.add(Casts.implicit(context, arguments.get(1), DataType.INT64));
    }
    return new CustomExpr(type, inputs, this::compute);
  }

  private void compute(Column[] columns, Column out, int rows) {
    for (int i = 0; i < rows; i++) {
      if (columns[0].isNull(i) || (columns.length > 1 && columns[1].isNull(i))) {
        out.setNull(i);
        continue;
      }
      long wanted = columns.length > 1 ? columns[1].longAt(i) : 0;
      int digits = (int) Math.max(-400, Math.min(wanted, 400));
      switch (columns[0].storage()) {
        case LONG -> {
          long value = columns[0].longAt(i);
          BigDecimal exact = Decimals.ofLong(value, columns[0].type());
          out.setLong(i, digits >= 0 ? value : exact.setScale(digits, operation.mode).longValue());
        }
        case DOUBLE -> out.setDouble(i, round(columns[0].doubleAt(i), digits));
        case DECIMAL -> {
          int scale = Math.min(digits, Math.min(DIGITS_MAX, columns[0].type().scale()));
          out.setDecimal(i, columns[0].decimalAt(i).setScale(scale, operation.mode));
        }
        case BYTES -> throw new IllegalStateException("a number is not held as bytes");
      }
    }
  }

  private double round(double value, int digits) {
    if (!Double.isFinite(value)) {
      return value;
    }
    if (digits == 0) {
      return switch (operation) {
        case ROUND -> Math.rint(value);
        case TRUNCATE -> value < 0 ? Math.ceil(value) : Math.floor(value);
        case CEIL -> Math.ceil(value);
        case FLOOR -> Math.floor(value);
      };
    }
    return new BigDecimal(Double.toString(value)).setScale(digits, operation.mode).doubleValue();
  }
}
