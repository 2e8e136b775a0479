package io.terrane.query.exec;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.List;

/**
 * Aggregates over frames. Frames that begin with the partition grow one state along; others are
 * aggregated each for itself.
 */
final class WindowAggregates {
  private static final int ROWS_BETWEEN_CHECKS = 1024;

  private final WindowCall call;
  private final WindowPartition rows;
  private final ExecutionContext context;
  private final AggregateFunction function;
  private final List<DataType> inputTypes;
  private final Column[] arguments;

  private WindowAggregates(
      ExecutionContext context, WindowCall call, WindowPartition rows, AggregateFunction function) {
    this.context = context;
    this.call = call;
    this.rows = rows;
    this.function = function;
    List<DataType> given = call.args().stream().map(rows::type).toList();
    inputTypes = function.inputTypes(given);
    arguments = new Column[given.size()];
    for (int i = 0; i < arguments.length; i++) {
      Column column = rows.column(call.args().get(i));
      arguments[i] = Casts.column(context, column, inputTypes.get(i));
    }
  }

  static void compute(ExecutionContext context, WindowCall call, WindowPartition rows, Column out) {
    AggregateFunction function =
        context
            .functions()
            .findAggregate(call.function())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "FUNCTION " + call.function() + " does not exist"));
    WindowAggregates aggregates = new WindowAggregates(context, call, rows, function);
    boolean grows =
        call.frame().start().kind() == WindowFrame.BoundKind.UNBOUNDED_PRECEDING
            && !call.distinct();
    if (grows) {
      aggregates.growing(out);
    } else {
      aggregates.sliding(out);
    }
  }

  private Accumulator open() {
    Accumulator accumulator = function.accumulator(context, inputTypes, call.type());
    accumulator.grow(1);
    return accumulator;
  }

  private void growing(Column out) {
    Accumulator state = open();
    int taken = 0;
    for (int i = 0; i < rows.size(); i++) {
      int end = rows.frameEnd(call.frame(), i);
      if (end > taken) {
        state.add(part(taken, end), new int[end - taken], end - taken);
        taken = end;
      }
      state.result(0, out, i);
      check(i);
    }
  }

  private Column[] part(int from, int to) {
    if (from == 0 && to == rows.size()) {
      return arguments;
    }
    Column[] part = new Column[arguments.length];
    for (int i = 0; i < part.length; i++) {
      part[i] = new Column(arguments[i].type()).reset(to - from);
      for (int row = from; row < to; row++) {
        part[i].setFrom(row - from, arguments[i], row);
      }
    }
    return part;
  }

  private void sliding(Column out) {
    for (int i = 0; i < rows.size(); i++) {
      Accumulator state = open();
      int start = rows.frameStart(call.frame(), i);
      int end = rows.frameEnd(call.frame(), i);
      if (start < end) {
        Column[] part = part(start, end);
        int[] groups = new int[end - start];
        if (call.distinct()) {
          try (DistinctRows distinct = new DistinctRows(context, inputTypes)) {
            distinct.exclude(part, groups, end - start);
          }
        }
        state.add(part, groups, end - start);
      }
      state.result(0, out, i);
      check(i);
    }
  }

  private void check(int row) {
    if (row % ROWS_BETWEEN_CHECKS == 0) {
      context.checkCancelled();
    }
  }
}
