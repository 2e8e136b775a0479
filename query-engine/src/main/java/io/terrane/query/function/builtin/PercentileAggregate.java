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
 * MEDIAN(x), PERCENTILE_CONT(x, share) and PERCENTILE_DISC(x, share), and the two of a t-digest,
 * APPROX_PERCENTILE_CONT(x, share [, size]) and APPROX_PERCENTILE_CONT_WITH_WEIGHT(x, weight,
 * share). All hold every value, so that the digest has one centroid for each.
 */
record PercentileAggregate(String name, List<String> aliases, Percentile percentile)
    implements AggregateFunction {
  static List<AggregateFunction> all() {
    return List.of(
        new PercentileAggregate("median", List.of("approx_median"), Percentile.MEDIAN),
        new PercentileAggregate("percentile_cont", List.of("quantile_cont"), Percentile.CONTINUOUS),
        new PercentileAggregate("percentile_disc", List.of(), Percentile.DISCRETE),
        new PercentileAggregate("approx_percentile_cont", List.of(), Percentile.DIGEST),
        new PercentileAggregate(
            "approx_percentile_cont_with_weight", List.of(), Percentile.WEIGHTED_DIGEST));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    int count = percentile.argumentCount();
    Arguments.count(name, arguments, count, percentile == Percentile.DIGEST ? count + 1 : count);
    boolean isWhole = arguments.get(0).isInteger() && percentile.keepsType();
    return isWhole ? DataType.INT64 : DataType.FLOAT64;
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
    return new Values(percentile);
  }

  private static final class Values implements Accumulator {
    private final Percentile percentile;
    private double[][] values = {};
    private double[][] weights = {};
    private int[] counts = {};
    private double[] shares = {};
    private long held;

    private Values(Percentile percentile) {
      this.percentile = percentile;
    }

    @Override
    public void grow(int groups) {
      if (values.length < groups) {
        int size = Math.max(groups, 2 * values.length);
        values = Arrays.copyOf(values, size);
        weights = Arrays.copyOf(weights, size);
        counts = Arrays.copyOf(counts, size);
        shares = Arrays.copyOf(shares, size);
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      boolean isWeighted = percentile == Percentile.WEIGHTED_DIGEST;
      int share = percentile.argumentCount() - 1;
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0 || arguments[0].isNull(i)) {
          continue;
        }
        double weight = 1;
        if (isWeighted) {
          weight = arguments[1].isNull(i) ? 0 : arguments[1].doubleAt(i);
          if (!(weight > 0)) {
            continue;
          }
        }
        makeRoom(group, isWeighted);
        if (isWeighted) {
          weights[group][counts[group]] = weight;
        }
        values[group][counts[group]++] = arguments[0].doubleAt(i);
        double given = share == 0 ? 0.5 : arguments[share].doubleAt(i);
        shares[group] = Math.max(0, Math.min(1, given));
      }
    }

    private void makeRoom(int group, boolean isWeighted) {
      if (values[group] == null) {
        values[group] = new double[8];
        weights[group] = isWeighted ? new double[8] : null;
        held += isWeighted ? 16 : 8;
      } else if (values[group].length == counts[group]) {
        int size = 2 * counts[group];
        held += isWeighted ? size : counts[group];
        values[group] = Arrays.copyOf(values[group], size);
        weights[group] = isWeighted ? Arrays.copyOf(weights[group], size) : null;
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
      double value = 0;
      if (counts[group] == 0) {
        out.setNull(row);
      } else {
        value = percentile.of(values[group], weights[group], counts[group], shares[group]);
      }
      if (out.storage() == Column.Storage.LONG) {
        out.setLong(row, (long) value);
      } else {
        out.setDouble(row, value);
      }
    }

    @Override
    public long heapBytes() {
      return 36L * values.length + 8 * held;
    }
  }
}
