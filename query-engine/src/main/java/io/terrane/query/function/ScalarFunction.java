package io.terrane.query.function;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.VectorExpr;
import java.util.List;
import java.util.Optional;

/**
 * An operator or function of the language. Thread-safe and stateless; state is in what it compiles.
 */
public interface ScalarFunction {
  /** Lower case. */
  String name();

  /** Other names, lower case. */
  default List<String> aliases() {
    return List.of();
  }

  /** The type of the result; WRONG_ARGUMENT_COUNT or WRONG_ARGUMENT_TYPE if there is none. */
  DataType resultType(List<DataType> arguments);

  /**
   * The type where some arguments are constants, which may settle what types alone cannot (the
   * digits of ROUND, the unit of DATE_ADD). Empty for what is no constant.
   */
  default DataType resultType(List<DataType> arguments, List<Optional<Datum>> constants) {
    return resultType(arguments);
  }

  default Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  default Placement placement() {
    return Placement.ANYWHERE;
  }

  /**
   * Whether the result depends on the session's time zone for these arguments. Fragments run in
   * UTC, so such a call is pushed down only from sessions in UTC.
   */
  default boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return false;
  }

  /**
   * The kernel. {@code result} is the call's type; a kernel of another type is converted by the
   * caller.
   */
  VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result);
}
