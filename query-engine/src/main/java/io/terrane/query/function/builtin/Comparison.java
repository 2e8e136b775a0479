package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.util.Arrays;
import java.util.List;

/**
 * {@code = <> < <= > >= <=>} in the operands' {@link CommonType}; texts by their bytes, NaN equal
 * to itself and above every number.
 */
final class Comparison implements ScalarFunction {
  /** The operators. */
  enum Operation {
    EQUAL("=") {
      @Override
      boolean test(int sign) {
        return sign == 0;
      }
    },
    NOT_EQUAL("<>") {
      @Override
      boolean test(int sign) {
        return sign != 0;
      }
    },
    LESS("<") {
      @Override
      boolean test(int sign) {
        return sign < 0;
      }
    },
    LESS_OR_EQUAL("<=") {
      @Override
      boolean test(int sign) {
        return sign <= 0;
      }
    },
    GREATER(">") {
      @Override
      boolean test(int sign) {
        return sign > 0;
      }
    },
    GREATER_OR_EQUAL(">=") {
      @Override
      boolean test(int sign) {
        return sign >= 0;
      }
    },
    NULL_SAFE_EQUAL("<=>") {
      @Override
      boolean test(int sign) {
        return sign == 0;
      }
    };

    private final String symbol;

    Operation(String symbol) {
      this.symbol = symbol;
    }

    abstract boolean test(int sign);
  }

  private final Operation operation;

  Comparison(Operation operation) {
    this.operation = operation;
  }

  static List<ScalarFunction> all() {
    return Arrays.stream(Operation.values())
        .map(Comparison::new)
        .map(ScalarFunction.class::cast)
        .toList();
  }

  @Override
  public String name() {
    return operation.symbol;
  }

  @Override
  public List<String> aliases() {
    return operation == Operation.NOT_EQUAL ? List.of("!=") : List.of();
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 2, 2);
    return DataType.BOOLEAN;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    DataType common = CommonType.toCompare(arguments.get(0), arguments.get(1));
    return arguments.stream().anyMatch(type -> Casts.readsTimeZone(type, common));
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    DataType common = CommonType.toCompare(arguments.get(0).type(), arguments.get(1).type());
    VectorExpr left = Casts.implicit(context, arguments.get(0), common);
    VectorExpr right = Casts.implicit(context, arguments.get(1), common);
    if (operation == Operation.NULL_SAFE_EQUAL) {
      return new CustomExpr(
          DataType.BOOLEAN,
          List.of(left, right),
          (columns, out, rows) -> {
            for (int i = 0; i < rows; i++) {
              boolean leftNull = columns[0].isNull(i);
              boolean rightNull = columns[1].isNull(i);
              out.setBoolean(
                  i,
                  (leftNull || rightNull)
                      ? leftNull && rightNull
                      : compare(columns[0], columns[1], i) == 0);
            }
          });
    }
    return new BinaryExpr(DataType.BOOLEAN, left, right, kernel(common));
  }

  private BinaryExpr.Kernel kernel(DataType common) {
    if (Column.Storage.of(common) == Column.Storage.LONG && common.kind() != DataType.Kind.UINT64) {
      return longKernel(operation);
    }
    if (Column.Storage.of(common) == Column.Storage.DOUBLE) {
      return (left, right, out, rows) -> {
        if (!doubles(operation, left.doubles(), right.doubles(), out.longs(), rows)) {
          eachRow(operation, left, right, out, rows);
        }
      };
    }
    return (left, right, out, rows) -> eachRow(operation, left, right, out, rows);
  }

  private static void eachRow(
      Operation operation, Column left, Column right, Column out, int rows) {
    for (int i = 0; i < rows; i++) {
      if (!out.isNull(i)) {
        out.setBoolean(i, operation.test(compare(left, right, i)));
      }
    }
  }

  /** Compares as the hardware does; false if there is a NaN, on which we have another opinion. */
  private static boolean doubles(Operation operation, double[] a, double[] b, long[] to, int rows) {
    boolean ordered = true;
    switch (operation) {
      case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> {
        long equal = operation == Operation.NOT_EQUAL ? 0 : 1;
        for (int i = 0; i < rows; i++) {
          to[i] = a[i] == b[i] ? equal : 1 - equal;
          ordered &= !Double.isNaN(a[i]) && !Double.isNaN(b[i]);
        }
      }
      case LESS, GREATER_OR_EQUAL -> {
        long less = operation == Operation.LESS ? 1 : 0;
        for (int i = 0; i < rows; i++) {
          to[i] = a[i] < b[i] ? less : 1 - less;
          ordered &= !Double.isNaN(a[i]) && !Double.isNaN(b[i]);
        }
      }
      case GREATER, LESS_OR_EQUAL -> {
        long greater = operation == Operation.GREATER ? 1 : 0;
        for (int i = 0; i < rows; i++) {
          to[i] = a[i] > b[i] ? greater : 1 - greater;
          ordered &= !Double.isNaN(a[i]) && !Double.isNaN(b[i]);
        }
      }
    }
    return ordered;
  }

  private static BinaryExpr.Kernel longKernel(Operation operation) {
    return (left, right, out, rows) -> {
      long[] a = left.longs();
      long[] b = right.longs();
      long[] to = out.longs();
      switch (operation) {
        case EQUAL, NULL_SAFE_EQUAL -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] == b[i] ? 1 : 0;
          }
        }
        case NOT_EQUAL -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] != b[i] ? 1 : 0;
          }
        }
        case LESS -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] < b[i] ? 1 : 0;
          }
        }
        case LESS_OR_EQUAL -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] <= b[i] ? 1 : 0;
          }
        }
        case GREATER -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] > b[i] ? 1 : 0;
          }
        }
        case GREATER_OR_EQUAL -> {
          for (int i = 0; i < rows; i++) {
            to[i] = a[i] >= b[i] ? 1 : 0;
          }
        }
      }
    };
  }

  /** The order of two values of one type at {@code row}, neither NULL. */
  static int compare(Column left, Column right, int row) {
    return compare(left, row, right, row);
  }

  static int compare(Column left, int leftRow, Column right, int rightRow) {
    return switch (left.storage()) {
      case LONG ->
          left.type().kind() == DataType.Kind.UINT64
              ? Long.compareUnsigned(left.longAt(leftRow), right.longAt(rightRow))
              : Long.compare(left.longAt(leftRow), right.longAt(rightRow));
      // Adding 0 makes -0 the same as 0.
      case DOUBLE -> Double.compare(left.doubleAt(leftRow) + 0.0, right.doubleAt(rightRow) + 0.0);
      case DECIMAL -> left.decimalAt(leftRow).compareTo(right.decimalAt(rightRow));
      case BYTES ->
          Arrays.compareUnsigned(
              left.bytes(),
              left.offsets()[leftRow],
              left.offsets()[leftRow + 1],
              right.bytes(),
              right.offsets()[rightRow],
              right.offsets()[rightRow + 1]);
    };
  }
}
