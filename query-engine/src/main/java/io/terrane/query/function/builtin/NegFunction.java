package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.Decimals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.Param;
import io.terrane.query.function.ScalarFunction;
import java.util.List;

/** Unary minus. Of an unsigned integer it gives INT64, or error 1690 beyond. */
final class NegFunction implements ScalarFunction {
  @Override
  public String name() {
    return "neg";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count("-", arguments, 1, 1);
    DataType number = Param.number(arguments.get(0));
    return number.isInteger() ? DataType.INT64 : number;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    DataType number = Param.number(arguments.get(0).type());
    DataType type = number.isInteger() ? DataType.INT64 : number;
    boolean unsigned = number.kind() == DataType.Kind.UINT64;
    return new CustomExpr(
        type,
        List.of(Casts.implicit(context, arguments.get(0), number)),
        (columns, out, rows) -> {
          out.addNullsOf(columns[0]);
          for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
              continue;
            }
            switch (columns[0].storage()) {
              case LONG -> {
                long value = columns[0].longAt(i);
                if (unsigned ? value < 0 && value != Long.MIN_VALUE : value == Long.MIN_VALUE) {
                  throw new TerraneException(
                      ErrorCode.NUMERIC_OVERFLOW,
                      "BIGINT value is out of range in '-("
                          + Decimals.ofLong(value, number).toPlainString()
                          + ")'");
                }
                out.setLong(i, -value);
              }
              case DOUBLE -> out.setDouble(i, -columns[0].doubleAt(i));
              case DECIMAL -> out.setDecimal(i, columns[0].decimalAt(i).negate());
              case BYTES -> throw new IllegalStateException("a number is not held as bytes");
            }
          }
        });
  }
}
