package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.CastMode;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.util.List;

/** {@code cast}, {@code try_cast}, {@code strict_cast}: the target is the call's type. */
record CastFunction(String name, CastMode mode) implements ScalarFunction {
  static List<ScalarFunction> all() {
    return List.of(
        new CastFunction("cast", CastMode.LENIENT),
        new CastFunction("try_cast", CastMode.TRY),
        new CastFunction("strict_cast", CastMode.STRICT));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 1, 1);
    return arguments.get(0);
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return Casts.readsTimeZone(arguments.get(0), result);
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    return Casts.compile(context, arguments.get(0), result, mode);
  }
}
