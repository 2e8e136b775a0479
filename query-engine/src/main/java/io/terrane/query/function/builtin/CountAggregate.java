package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.Arrays;
import java.util.List;

/** COUNT(*) without arguments, else rows of which no argument is NULL. State: the count. */
final class CountAggregate implements AggregateFunction {
  @Override
  public String name() {
    return "count";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    return DataType.INT64;
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(DataType.INT64);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Counts();
  }

  private static final class Counts implements Accumulator {
    private long[] counts = {};

    @Override
    public void grow(int groups) {
      if (counts.length < groups) {
        counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      boolean nullable = false;
      for (Column argument : arguments) {
        nullable |= argument.hasNulls();
      }
      for (int i = 0; i < rows; i++) {
        if (groupOfRow[i] >= 0 && !(nullable && anyNull(arguments, i))) {
          counts[groupOfRow[i]]++;
        }
      }
    }

    @Override
    public void addRuns(Column[] arguments, int[] starts, int runs, int[] groupOfRow) {
      if (Arrays.stream(arguments).anyMatch(Column::hasNulls)) {
        add(arguments, groupOfRow, starts[runs]);
        return;
      }
      for (int run = 0; run < runs; run++) {
        counts[groupOfRow[starts[run]]] += starts[run + 1] - starts[run];
      }
    }

    private static boolean anyNull(Column[] arguments, int row) {
      for (Column argument : arguments) {
        if (argument.isNull(row)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        counts[groupOfRow[i]] += states[0].longAt(i);
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      out[0].setLong(row, counts[group]);
    }

    @Override
    public void result(int group, Column out, int row) {
      out.setLong(row, counts[group]);
    }

    @Override
    public long heapBytes() {
      return 8L * counts.length;
    }
  }
}
