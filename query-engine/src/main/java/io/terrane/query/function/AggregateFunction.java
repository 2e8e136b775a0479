package io.terrane.query.function;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import java.util.List;

/** An aggregate of the language. Thread-safe and stateless; state is in its accumulators. */
public interface AggregateFunction {
  /** Lower case. */
  String name();

  default List<String> aliases() {
    return List.of();
  }

  /** The type of the result; WRONG_ARGUMENT_COUNT or WRONG_ARGUMENT_TYPE if there is none. */
  DataType resultType(List<DataType> arguments);

  /** What arguments of these types are converted to before they are added. */
  default List<DataType> inputTypes(List<DataType> arguments) {
    return arguments;
  }

  /** Whether parts may be aggregated apart (not DISTINCT, not ordered) and merged. */
  default boolean isSplittable() {
    return true;
  }

  /** The state columns of a part, for arguments of these {@link #inputTypes}. */
  default List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(result);
  }

  /** How many state columns there are, whatever the arguments. */
  default int stateCount() {
    return 1;
  }

  /** Aggregates rows whose arguments are of these {@link #inputTypes}. */
  Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result);

  /** Merges states of these types; by default the accumulator of such inputs can. */
  default Accumulator merger(ExecutionContext context, List<DataType> states, DataType result) {
    return accumulator(context, states, result);
  }
}
