package io.terrane.query.function.admin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Placement;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.util.ArrayList;
import java.util.List;

/** An admin function as a query sees it: never folded, never pushed down, once per row. */
final class AdminScalar implements ScalarFunction {
  private final AdminFunction function;

  AdminScalar(AdminFunction function) {
    this.function = function;
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    function.checkTypes(arguments);
    return function.resultType();
  }

  @Override
  public Volatility volatility() {
    return Volatility.VOLATILE;
  }

  @Override
  public Placement placement() {
    return Placement.FRONTEND_ONLY;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    return new CustomExpr(
        function.resultType(), arguments, (inputs, out, rows) -> run(context, inputs, out, rows));
  }

  private static String value(ExecutionContext context, String name) {
    String value = context.sessionValue(name);
    return value == null ? "" : value;
  }

  private void run(ExecutionContext context, Column[] inputs, Column out, int rows) {
    AdminCaller caller = new AdminCaller(value(context, "database"), value(context, "user"));
    for (int row = 0; row < rows; row++) {
      context.checkCancelled();
      List<Datum> arguments = new ArrayList<>();
      for (Column input : inputs) {
        arguments.add(input.datumAt(row));
      }
      out.setDatum(row, function.run(arguments, caller));
    }
  }
}
