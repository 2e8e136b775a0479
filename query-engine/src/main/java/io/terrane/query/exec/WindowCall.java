package io.terrane.query.exec;

import io.terrane.api.table.DataType;
import java.util.List;
import java.util.Objects;

/**
 * One call of a window function.
 *
 * @param function row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag, lead,
 *     first_value, last_value, nth_value, or any aggregate
 * @param args input columns; what must be constant (ntile's, lag's and nth_value's number) is read
 *     from the partition's first row
 * @param type of the result
 * @param distinct of an aggregate
 */
public record WindowCall(
    String function, List<Integer> args, WindowFrame frame, DataType type, boolean distinct) {
  public WindowCall {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(type, "type");
    args = List.copyOf(args);
  }

  public WindowCall(String function, List<Integer> args, WindowFrame frame, DataType type) {
    this(function, args, frame, type, false);
  }
}
