package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.Arrays;
import java.util.List;

/**
 * MEDIAN(x) and APPROX_PERCENTILE_CONT(x, share): the value below which that share of the values
 * lies, interpolated between neighbours. Exact; holds all values.
 */
record MedianAggregate(String name, List<String> aliases, int argumentCount)
    implements AggregateFunction {
  static List<AggregateFunction> all() {
    return List.of(
        new MedianAggregate("median", List.of("approx_median"), 1),
        new MedianAggregate("percentile_cont", List.of("approx_percentile_cont"), 2));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, argumentCount, argumentCount);
    return DataType.FLOAT64;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return arguments.stream().map(type -> DataType.FLOAT64).toList();
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Values();
  }

  private static final class Values implements Accumulator {
    private double[][] values = {};
    private int[] counts = {};
    private double[] shares = {};
    private long held;

    @Override
    public void grow(int groups) {
      if (values.length < groups) {
        int size = Math.max(groups, 2 * values.length);
        values = Arrays.copyOf(values, size);
        counts = Arrays.copyOf(counts, size);
        shares = Arrays.copyOf(shares, size);
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0 || arguments[0].isNull(i)) {
          continue;
        }
        if (values[group] == null) {
          values[group] = new double[8];
          held += 8;
        } else if (values[group].length == counts[group]) {
          held += counts[group];
          values[group] = Arrays.copyOf(values[group], 2 * counts[group]);
        }
        values[group][counts[group]++] = arguments[0].doubleAt(i);
        shares[group] = arguments.length > 1 ? arguments[1].doubleAt(i) : 0.5;
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      throw new IllegalStateException("a percentile is not split");
    }

    @Override
    public void state(int group, Column[] out, int row) {
      throw new IllegalStateException("a percentile is not split");
    }

    @Override
    public void result(int group, Column out, int row) {
      int count = counts[group];
      if (count == 0) {
        out.setDouble(row, 0);
        out.setNull(row);
        return;
      }
      Arrays.sort(values[group], 0, count);
      double place = Math.max(0, Math.min(1, shares[group])) * (count - 1);
      int below = (int) place;
      double low = values[group][below];
      double high = values[group][Math.min(below + 1, count - 1)];
      out.setDouble(row, low == high ? low : low + (high - low) * (place - below));
    }

    @Override
    public long heapBytes() {
      return 28L * values.length + 8 * held;
    }
  }
}
