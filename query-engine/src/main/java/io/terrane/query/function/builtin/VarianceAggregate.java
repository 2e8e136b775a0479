package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * Variance and standard deviation. State: count, mean, sum of squared distances from it, updated as
 * B. P. Welford (1962) and merged as Chan, Golub, LeVeque (1979) have it.
 *
 * @param sample divides by one less than the count; NULL for a single value
 * @param root gives the deviation
 */
record VarianceAggregate(String name, List<String> aliases, boolean sample, boolean root)
    implements AggregateFunction {
  static List<AggregateFunction> all() {
    return List.of(
        new VarianceAggregate("var_pop", List.of("variance"), false, false),
        new VarianceAggregate("var_samp", List.of(), true, false),
        new VarianceAggregate("stddev_pop", List.of("std", "stddev"), false, true),
        new VarianceAggregate("stddev_samp", List.of(), true, true));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 1, 1);
    return DataType.FLOAT64;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(DataType.FLOAT64);
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(DataType.INT64, DataType.FLOAT64, DataType.FLOAT64);
  }

  @Override
  public int stateCount() {
    return 3;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Moments();
  }

  private final class Moments implements Accumulator {
    private long[] counts = {};
    private double[] means = {};
    private double[] squares = {};

    @Override
    public void grow(int groups) {
      if (counts.length < groups) {
        int size = Math.max(groups, 2 * counts.length);
        counts = Arrays.copyOf(counts, size);
        means = Arrays.copyOf(means, size);
        squares = Arrays.copyOf(squares, size);
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0 && !arguments[0].isNull(i)) {
          double value = arguments[0].doubleAt(i);
          double before = value - means[group];
          counts[group]++;
          means[group] += before / counts[group];
          squares[group] += before * (value - means[group]);
        }
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        long count = states[0].longAt(i);
        long total = counts[group] + count;
        if (count > 0) {
          double distance = states[1].doubleAt(i) - means[group];
          squares[group] +=
              states[2].doubleAt(i) + distance * distance * counts[group] * count / total;
          means[group] += distance * count / total;
          counts[group] = total;
        }
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      out[0].setLong(row, counts[group]);
      out[1].setDouble(row, means[group]);
      out[2].setDouble(row, squares[group]);
    }

    @Override
    public void result(int group, Column out, int row) {
      long divisor = sample ? counts[group] - 1 : counts[group];
      if (divisor <= 0) {
        out.setDouble(row, 0);
        out.setNull(row);
      } else {
        double variance = Math.max(0, squares[group] / divisor);
        out.setDouble(row, root ? Math.sqrt(variance) : variance);
      }
    }

    @Override
    public long heapBytes() {
      return 24L * counts.length;
    }
  }
}
