package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.DataType.Kind;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Decimals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.Param;
import io.terrane.query.function.ScalarFunction;
import java.util.Arrays;
import java.util.List;

/**
 * {@code + - * / div %} (MySQL 8.4 manual, 14.6.1 "Arithmetic Operators"): integers give 64-bit
 * results with error 1690 beyond, {@code /} of exact numbers a DECIMAL with four more fraction
 * digits, a zero divisor NULL.
 */
final class Arithmetic implements ScalarFunction {
  /** The operators. */
  enum Operation {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    INTEGER_DIVIDE("div"),
    MODULO("%");

    private final String symbol;

    Operation(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }
  }

  private final Operation operation;

  Arithmetic(Operation operation) {
    this.operation = operation;
  }

  static List<ScalarFunction> all() {
    return Arrays.stream(Operation.values())
        .map(Arithmetic::new)
        .map(ScalarFunction.class::cast)
        .toList();
  }

  @Override
  public String name() {
    return operation.symbol();
  }

  @Override
  public List<String> aliases() {
    return operation == Operation.MODULO ? List.of("mod") : List.of();
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 2, 2);
    DataType left = arguments.get(0);
    DataType right = arguments.get(1);
    // NULL takes the other operand's type.
    DataType a = Param.number(left.kind() == Kind.NULL ? right : left);
    DataType b = Param.number(right.kind() == Kind.NULL ? left : right);
    if (operation == Operation.INTEGER_DIVIDE) {
      return left.isUnsigned() || right.isUnsigned() ? DataType.UINT64 : DataType.INT64;
    }
    if (a.isFloating() || b.isFloating()) {
      return DataType.FLOAT64;
    }
    if (operation == Operation.DIVIDE || a.kind() == Kind.DECIMAL || b.kind() == Kind.DECIMAL) {
      // The declared width of small integers keeps quotients short.
      return decimalType(digits(left, a), digits(right, b));
    }
    boolean unsigned =
        operation == Operation.MODULO
            ? a.kind() == Kind.UINT64
            : a.kind() == Kind.UINT64 || b.kind() == Kind.UINT64;
    return unsigned ? DataType.UINT64 : DataType.INT64;
  }

  private static DataType digits(DataType declared, DataType number) {
    return Decimals.typeOf(declared.isInteger() ? declared : number);
  }

  private DataType decimalType(DataType a, DataType b) {
    int wholeA = a.precision() - a.scale();
    int wholeB = b.precision() - b.scale();
    return switch (operation) {
      case ADD, SUBTRACT ->
          Decimals.ofDigits(Math.max(wholeA, wholeB) + 1, Math.max(a.scale(), b.scale()));
      case MULTIPLY -> Decimals.ofDigits(wholeA + wholeB, a.scale() + b.scale());
      case DIVIDE -> Decimals.ofDigits(wholeA + b.scale(), a.scale() + 4);
      case MODULO -> Decimals.ofDigits(Math.max(wholeA, wholeB), Math.max(a.scale(), b.scale()));
      case INTEGER_DIVIDE -> throw new IllegalStateException("div gives integers");
    };
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    VectorExpr left = arguments.get(0);
    VectorExpr right = arguments.get(1);
    DataType type = resultType(List.of(left.type(), right.type()));
    if (type.isFloating()) {
      return binary(
          context,
          type,
          DataType.FLOAT64,
          left,
          DataType.FLOAT64,
          right,
          DoubleKernels.of(operation));
    }
    boolean inexactDiv =
        operation == Operation.INTEGER_DIVIDE
            && !(isIntegral(left.type()) && isIntegral(right.type()));
    if (type.kind() == Kind.DECIMAL || inexactDiv) {
      return binary(
          context,
          type,
          exact(left.type()),
          left,
          exact(right.type()),
          right,
          DecimalKernels.of(operation, type));
    }
    DataType a = Param.number(left.type());
    DataType b = Param.number(right.type());
    boolean unsigned = a.kind() == Kind.UINT64 || b.kind() == Kind.UINT64;
    return binary(
        context,
        type,
        a,
        left,
        b,
        right,
        unsigned ? UnsignedKernels.of(operation, a, b, type) : LongKernels.of(operation));
  }

  private static boolean isIntegral(DataType type) {
    DataType number = Param.number(type);
    return number.isInteger();
  }

  private static DataType exact(DataType type) {
    return Decimals.typeOf(type.isFloating() ? type : Param.number(type));
  }

  private static VectorExpr binary(
      ExecutionContext context,
      DataType type,
      DataType leftType,
      VectorExpr left,
      DataType rightType,
      VectorExpr right,
      BinaryExpr.Kernel kernel) {
    return new BinaryExpr(
        type,
        Casts.implicit(context, left, leftType),
        Casts.implicit(context, right, rightType),
        kernel);
  }
}
