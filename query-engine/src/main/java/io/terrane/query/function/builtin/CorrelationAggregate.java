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
 * CORR, COVAR_POP, COVAR_SAMP and the REGR family (a line through pairs, the dependent value first)
 * of pairs without NULL; computed where all rows meet.
 */
record CorrelationAggregate(String name, List<String> aliases, Kind kind)
    implements AggregateFunction {
  /** What is made of the sums. */
  enum Kind {
    CORRELATION,
    POPULATION,
    SAMPLE,
    SLOPE,
    INTERCEPT,
    DETERMINATION,
    COUNT,
    SUM_XX,
    SUM_YY,
    SUM_XY,
    MEAN_X,
    MEAN_Y
  }

  static List<AggregateFunction> all() {
    return List.of(
        new CorrelationAggregate("corr", List.of(), Kind.CORRELATION),
        new CorrelationAggregate("covar_pop", List.of(), Kind.POPULATION),
        new CorrelationAggregate("covar_samp", List.of("covar"), Kind.SAMPLE),
        new CorrelationAggregate("regr_slope", List.of(), Kind.SLOPE),
        new CorrelationAggregate("regr_intercept", List.of(), Kind.INTERCEPT),
        new CorrelationAggregate("regr_r2", List.of(), Kind.DETERMINATION),
        new CorrelationAggregate("regr_count", List.of(), Kind.COUNT),
        new CorrelationAggregate("regr_sxx", List.of(), Kind.SUM_XX),
        new CorrelationAggregate("regr_syy", List.of(), Kind.SUM_YY),
        new CorrelationAggregate("regr_sxy", List.of(), Kind.SUM_XY),
        new CorrelationAggregate("regr_avgx", List.of(), Kind.MEAN_X),
        new CorrelationAggregate("regr_avgy", List.of(), Kind.MEAN_Y));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 2, 2);
    return kind == Kind.COUNT ? DataType.INT64 : DataType.FLOAT64;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(DataType.FLOAT64, DataType.FLOAT64);
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new PairSums();
  }

  /** Per group: count, both means, both sums of squared distances, sum of distance products. */
  private final class PairSums implements Accumulator {
    private double[][] sums = {};

    @Override
    public void grow(int groups) {
      if (sums.length < groups) {
        sums = Arrays.copyOf(sums, Math.max(groups, 2 * sums.length));
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0 && !arguments[0].isNull(i) && !arguments[1].isNull(i)) {
          if (sums[group] == null) {
            sums[group] = new double[6];
          }
          double[] s = sums[group];
          double x = arguments[0].doubleAt(i) - s[1];
          double y = arguments[1].doubleAt(i) - s[2];
          s[0]++;
          s[1] += x / s[0];
          s[2] += y / s[0];
          double yAfter = arguments[1].doubleAt(i) - s[2];
          s[3] += x * (arguments[0].doubleAt(i) - s[1]);
          s[4] += y * yAfter;
          s[5] += x * yAfter;
        }
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      throw new IllegalStateException(name + " is not split");
    }

    @Override
    public void state(int group, Column[] out, int row) {
      throw new IllegalStateException(name + " is not split");
    }

    @Override
    public void result(int group, Column out, int row) {
      double[] s = sums[group];
      if (kind == Kind.COUNT) {
        out.setLong(row, s == null ? 0 : (long) s[0]);
        return;
      }
      double value = s == null ? Double.NaN : value(s);
      if (Double.isFinite(value)) {
        out.setDouble(row, value);
      } else {
        out.setNull(row);
      }
    }

    /** The first argument is y, the second x. */
    private double value(double[] s) {
      return switch (kind) {
        case CORRELATION -> s[5] / Math.sqrt(s[3] * s[4]);
        case POPULATION -> s[5] / s[0];
        case SAMPLE -> s[5] / (s[0] - 1);
        case SLOPE -> s[5] / s[4];
        case INTERCEPT -> s[1] - s[5] / s[4] * s[2];
        case DETERMINATION -> s[3] == 0 && s[4] != 0 ? 1 : s[5] * s[5] / (s[3] * s[4]);
        case COUNT -> s[0];
        case SUM_XX -> s[4];
        case SUM_YY -> s[3];
        case SUM_XY -> s[5];
        case MEAN_X -> s[2];
        case MEAN_Y -> s[1];
      };
    }

    @Override
    public long heapBytes() {
      return 72L * sums.length;
    }
  }
}
