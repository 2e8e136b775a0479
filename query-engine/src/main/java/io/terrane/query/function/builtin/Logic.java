package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.BinaryExpr;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Three-valued logic over truth values, where any number but 0 is true (MySQL 8.4 manual, 14.4.3):
 * {@code and or not xor} and {@code is_[not_](null|true|false)}. AND and OR take two or more.
 */
final class Logic implements ScalarFunction {
  /** The operators, named as functions. */
  enum Operation {
    AND,
    OR,
    XOR,
    NOT,
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE
  }

  private final Operation operation;

  Logic(Operation operation) {
    this.operation = operation;
  }

  static List<ScalarFunction> all() {
    return Arrays.stream(Operation.values())
        .map(Logic::new)
        .map(ScalarFunction.class::cast)
        .toList();
  }

  @Override
  public String name() {
    return operation.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public List<String> aliases() {
    return operation == Operation.IS_NULL ? List.of("isnull") : List.of();
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    switch (operation) {
      case AND, OR -> Arguments.count(name(), arguments, 1, Integer.MAX_VALUE);
      case XOR -> Arguments.count(name(), arguments, 2, 2);
      case NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          Arguments.count(name(), arguments, 1, 1);
    }
    return DataType.BOOLEAN;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    boolean asksForNull = operation == Operation.IS_NULL || operation == Operation.IS_NOT_NULL;
    List<VectorExpr> inputs = new ArrayList<>();
    for (VectorExpr argument : arguments) {
      inputs.add(asksForNull ? argument : Casts.implicit(context, argument, DataType.BOOLEAN));
    }
    return switch (operation) {
      case AND -> junction(inputs, 0);
      case OR -> junction(inputs, 1);
      case XOR ->
          new BinaryExpr(
              DataType.BOOLEAN,
              inputs.get(0),
              inputs.get(1),
              (left, right, out, rows) -> {
                for (int i = 0; i < rows; i++) {
                  out.setBoolean(i, left.booleanAt(i) != right.booleanAt(i));
                }
              });
      case NOT ->
          test(
              inputs,
              (columns, out, rows) -> {
                out.addNullsOf(columns[0]);
                for (int i = 0; i < rows; i++) {
                  out.setBoolean(i, !columns[0].booleanAt(i));
                }
              });
      case IS_NULL -> test(inputs, each((column, row) -> column.isNull(row)));
      case IS_NOT_NULL -> test(inputs, each((column, row) -> !column.isNull(row)));
      case IS_TRUE -> test(inputs, each((column, row) -> isTrue(column, row)));
      case IS_NOT_TRUE -> test(inputs, each((column, row) -> !isTrue(column, row)));
      case IS_FALSE -> test(inputs, each((column, row) -> isFalse(column, row)));
      case IS_NOT_FALSE -> test(inputs, each((column, row) -> !isFalse(column, row)));
    };
  }

  private static boolean isTrue(Column column, int row) {
    return !column.isNull(row) && column.booleanAt(row);
  }

  private static boolean isFalse(Column column, int row) {
    return !column.isNull(row) && !column.booleanAt(row);
  }

  private static VectorExpr test(List<VectorExpr> inputs, CustomExpr.Kernel kernel) {
    return new CustomExpr(DataType.BOOLEAN, inputs, kernel);
  }

  private interface RowTest {
    boolean test(Column column, int row);
  }

  private static CustomExpr.Kernel each(RowTest test) {
    return (columns, out, rows) -> {
      for (int i = 0; i < rows; i++) {
        out.setBoolean(i, test.test(columns[0], i));
      }
    };
  }

  /**
   * @param decisive the value that decides, whatever the others are: 0 for AND, 1 for OR
   */
  private static VectorExpr junction(List<VectorExpr> inputs, long decisive) {
    return new CustomExpr(
        DataType.BOOLEAN,
        inputs,
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            boolean unknown = false;
            boolean decided = false;
            for (Column column : columns) {
              if (column.isNull(i)) {
                unknown = true;
              } else if (column.longAt(i) == decisive) {
                decided = true;
              }
            }
            out.setLong(i, decided ? decisive : 1 - decisive);
            if (unknown && !decided) {
              out.setNull(i);
            }
          }
        });
  }
}
