package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.List;

/**
 * MIN and MAX in the type's own order. State: the value.
 *
 * @param sign 1 for MAX, -1 for MIN
 */
record ExtremeAggregate(String name, int sign) implements AggregateFunction {
  static ExtremeAggregate min() {
    return new ExtremeAggregate("min", -1);
  }

  static ExtremeAggregate max() {
    return new ExtremeAggregate("max", 1);
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 1, 1);
    return arguments.get(0);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Extremes(sign, new ValueStates(inputs.get(0)));
  }

  private record Extremes(int sign, ValueStates values) implements Accumulator {
    @Override
    public void grow(int groups) {
      values.grow(groups);
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      Column from = arguments[0];
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0
            && !from.isNull(i)
            && (!values.hasValue(group) || values.compare(from, i, group) * sign > 0)) {
          values.set(group, from, i);
        }
      }
    }

    @Override
    public void addRuns(Column[] arguments, int[] starts, int runs, int[] groupOfRow) {
      Column from = arguments[0];
      if (from.hasNulls()) {
        add(arguments, groupOfRow, starts[runs]);
        return;
      }
      for (int run = 0; run < runs; run++) {
        int group = groupOfRow[starts[run]];
        int best = Extreme.of(from, starts[run], starts[run + 1], sign);
        if (!values.hasValue(group) || values.compare(from, best, group) * sign > 0) {
          values.set(group, from, best);
        }
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      add(states, groupOfRow, rows);
    }

    @Override
    public void state(int group, Column[] out, int row) {
      values.write(group, out[0], row);
    }

    @Override
    public void result(int group, Column out, int row) {
      values.write(group, out, row);
    }

    @Override
    public long heapBytes() {
      return values.heapBytes();
    }
  }
}
