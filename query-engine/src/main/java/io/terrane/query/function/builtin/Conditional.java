package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.CaseExpr;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.CoalesceExpr;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.ConstantExpr;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code case if coalesce ifnull nullif greatest least}. */
final class Conditional implements ScalarFunction {
  /** The functions. */
  enum Operation {
    CASE,
    IF,
    COALESCE,
    IFNULL,
    NULLIF,
    GREATEST,
    LEAST
  }

  private final Operation operation;

  Conditional(Operation operation) {
    this.operation = operation;
  }

  static List<ScalarFunction> all() {
    return Arrays.stream(Operation.values())
        .map(Conditional::new)
        .map(ScalarFunction.class::cast)
        .toList();
  }

  @Override
  public String name() {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> aliases() {
    return operation == Operation.IFNULL ? List.of("nvl") : List.of();
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    return switch (operation) {
      case CASE -> {
        Arguments.count(name(), arguments, 2, Integer.MAX_VALUE);
        yield unite(values(arguments));
      }
      case IF -> {
        Arguments.count(name(), arguments, 3, 3);
        yield unite(arguments.subList(1, 3));
      }
      case COALESCE -> {
        Arguments.count(name(), arguments, 1, Integer.MAX_VALUE);
        yield unite(arguments);
      }
      case IFNULL -> {
        Arguments.count(name(), arguments, 2, 2);
        yield unite(arguments);
      }
      case NULLIF -> {
        Arguments.count(name(), arguments, 2, 2);
        yield arguments.get(0);
      }
      case GREATEST, LEAST -> {
        Arguments.count(name(), arguments, 2, Integer.MAX_VALUE);
        yield unite(arguments);
      }
    };
  }

  /** The values of CASE among conditions and values: every second, and the last if it is odd. */
  private static <T> List<T> values(List<T> arguments) {
    List<T> values = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i += 2) {
      values.add(arguments.get(i));
    }
    if (arguments.size() % 2 == 1) {
      values.add(arguments.get(arguments.size() - 1));
    }
    return values;
  }

  private static DataType unite(List<DataType> types) {
    DataType united = DataType.NULL;
    for (DataType type : types) {
      united = CommonType.toUnite(united, type);
    }
    return united;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return arguments.stream().anyMatch(type -> Casts.readsTimeZone(type, result));
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    return switch (operation) {
      case CASE -> branches(context, arguments, result);
      case IF ->
          new CaseExpr(
              result,
              List.of(Casts.implicit(context, arguments.get(0), DataType.BOOLEAN)),
              cast(context, arguments.subList(1, 3), result));
      case COALESCE, IFNULL -> new CoalesceExpr(result, cast(context, arguments, result));
      case NULLIF -> nullIf(context, arguments);
      case GREATEST -> extreme(context, arguments, result, 1);
      case LEAST -> extreme(context, arguments, result, -1);
    };
  }

  private static List<VectorExpr> cast(
      ExecutionContext context, List<VectorExpr> values, DataType type) {
    List<VectorExpr> converted = new ArrayList<>();
    values.forEach(value -> converted.add(Casts.implicit(context, value, type)));
    return converted;
  }

  private static VectorExpr branches(
      ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    List<VectorExpr> conditions = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      conditions.add(Casts.implicit(context, arguments.get(i), DataType.BOOLEAN));
    }
    List<VectorExpr> values = cast(context, values(arguments), result);
    if (values.size() == conditions.size()) {
      values.add(new ConstantExpr(Datum.ofNull(result)));
    }
    return new CaseExpr(result, conditions, values);
  }

  private static VectorExpr nullIf(ExecutionContext context, List<VectorExpr> arguments) {
    VectorExpr value = arguments.get(0);
    DataType common = CommonType.toCompare(value.type(), arguments.get(1).type());
    List<VectorExpr> inputs =
        List.of(
            value,
            Casts.implicit(context, value, common),
            Casts.implicit(context, arguments.get(1), common));
    return new CustomExpr(
        value.type(),
        inputs,
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            boolean comparable = !columns[1].isNull(i) && !columns[2].isNull(i);
            if (comparable && Comparison.compare(columns[1], columns[2], i) == 0) {
              out.setNull(i);
            } else {
              out.setFrom(i, columns[0], i);
            }
          }
        });
  }

  private static VectorExpr extreme(
      ExecutionContext context, List<VectorExpr> arguments, DataType result, int sign) {
    return new CustomExpr(
        result,
        cast(context, arguments, result),
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            Column best = columns[0];
            for (Column column : columns) {
              if (best.isNull(i) || column.isNull(i)) {
                best = best.isNull(i) ? best : column;
              } else if (Comparison.compare(column, best, i) * sign > 0) {
                best = column;
              }
            }
            out.setFrom(i, best, i);
          }
        });
  }
}
