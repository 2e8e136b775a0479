package io.terrane.api.fragment;

import io.terrane.api.table.DataType;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One aggregate of an aggregation.
 *
 * @param function name in the registry: count, sum, min, max, avg …
 * @param arguments input columns; empty for {@code count(*)}
 * @param filter input column of type BOOLEAN; only rows where it is true count
 * @param order for functions whose result depends on the order of rows
 * @param type of the final value
 */
public record AggregateCall(
    String function,
    List<Integer> arguments,
    boolean distinct,
    OptionalInt filter,
    List<SortKey> order,
    DataType type) {
  public AggregateCall {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(type, "type");
    arguments = List.copyOf(arguments);
    order = List.copyOf(order);
  }
}
