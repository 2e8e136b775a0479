package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** Sums per group, exact ones in a long as long as that suffices, and how many values went in. */
final class Sums {
  /** Fraction digits of a mean that does not go into a DECIMAL. */
  private static final int MEAN_DIGITS = 20;

  private final DataType input;
  private final boolean exact;
  private long[] counts = {};
  private long[] longs = {};
  private BigDecimal[] decimals = {};
  private double[] doubles = {};

  /**
   * @param input of the values added; floating ones are summed as doubles
   */
  Sums(DataType input) {
    this.input = input;
    this.exact = !input.isFloating();
  }

  void grow(int groups) {
    if (counts.length >= groups) {
      return;
    }
    int size = Math.max(groups, 2 * counts.length);
    counts = Arrays.copyOf(counts, size);
    if (exact) {
      longs = Arrays.copyOf(longs, size);
      decimals = Arrays.copyOf(decimals, size);
    } else {
      doubles = Arrays.copyOf(doubles, size);
    }
  }

  void add(Column values, int[] groupOfRow, int rows) {
    switch (values.storage()) {
      case LONG -> addLongs(values, groupOfRow, rows);
      case DOUBLE -> {
        double[] from = values.doubles();
        for (int i = 0; i < rows; i++) {
          if (groupOfRow[i] >= 0 && !values.isNull(i)) {
            doubles[groupOfRow[i]] += from[i];
            counts[groupOfRow[i]]++;
          }
        }
      }
      case DECIMAL -> {
        for (int i = 0; i < rows; i++) {
          if (groupOfRow[i] >= 0 && !values.isNull(i)) {
            addExact(groupOfRow[i], values.decimalAt(i));
            counts[groupOfRow[i]]++;
          }
        }
      }
      case BYTES -> throw new IllegalStateException("no sum of " + values.type());
    }
  }

  /** As {@link #add}, in the order of the rows. */
  void addRuns(Column values, int[] starts, int runs, int[] groupOfRow) {
    if (values.storage() != Column.Storage.DOUBLE || values.hasNulls()) {
      add(values, groupOfRow, starts[runs]);
      return;
    }
    double[] from = values.doubles();
    for (int run = 0; run < runs; run++) {
      int group = groupOfRow[starts[run]];
      double sum = doubles[group];
      for (int i = starts[run]; i < starts[run + 1]; i++) {
        sum += from[i];
      }
      doubles[group] = sum;
      counts[group] += starts[run + 1] - starts[run];
    }
  }

  private void addLongs(Column values, int[] groupOfRow, int rows) {
    boolean unsigned = input.kind() == DataType.Kind.UINT64;
    long[] from = values.longs();
    for (int i = 0; i < rows; i++) {
      int group = groupOfRow[i];
      if (group < 0 || values.isNull(i)) {
        continue;
      }
      long sum = longs[group] + from[i];
      boolean overflows = ((longs[group] ^ sum) & (from[i] ^ sum)) < 0;
      if (overflows || (unsigned && from[i] < 0)) {
        addExact(group, Decimals.ofLong(from[i], input));
      } else {
        longs[group] = sum;
      }
      counts[group]++;
    }
  }

  private void addExact(int group, BigDecimal value) {
    decimals[group] = decimals[group] == null ? value : decimals[group].add(value);
  }

  /** Takes in the sum of {@code count} values. */
  void merge(int group, Column sums, int row, long count) {
    if (count == 0 || sums.isNull(row)) {
      return;
    }
    counts[group] += count;
    if (exact) {
      addExact(group, sums.decimalAt(row));
    } else {
      doubles[group] += sums.doubleAt(row);
    }
  }

  long count(int group) {
    return counts[group];
  }

  private BigDecimal exactSum(int group) {
    BigDecimal whole = BigDecimal.valueOf(longs[group]);
    return decimals[group] == null ? whole : decimals[group].add(whole);
  }

  /** Writes a group's sum, NULL if nothing went in. */
  void write(int group, Column out, int row) {
    if (counts[group] == 0) {
      out.setNull(row);
    } else if (exact) {
      write(exactSum(group), out, row);
    } else {
      write(doubles[group], out, row);
    }
  }

  /** Writes a group's mean, NULL if nothing went in. */
  void writeMean(int group, Column out, int row) {
    if (counts[group] == 0) {
      out.setNull(row);
    } else if (exact) {
      int scale = out.storage() == Column.Storage.DECIMAL ? out.type().scale() : MEAN_DIGITS;
      BigDecimal count = BigDecimal.valueOf(counts[group]);
      write(exactSum(group).divide(count, scale, RoundingMode.HALF_UP), out, row);
    } else {
      write(doubles[group] / counts[group], out, row);
    }
  }

  private static void write(BigDecimal value, Column out, int row) {
    switch (out.storage()) {
      case DECIMAL -> out.setDecimal(row, value);
      case DOUBLE -> out.setDouble(row, value.doubleValue());
      case LONG -> out.setLong(row, whole(value));
      case BYTES -> out.setString(row, value.toPlainString());
    }
  }

  private static void write(double value, Column out, int row) {
    if (out.storage() == Column.Storage.DOUBLE) {
      out.setDouble(row, value);
    } else {
      write(BigDecimal.valueOf(value), out, row);
    }
  }

  private static long whole(BigDecimal value) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    if (rounded.toBigInteger().bitLength() > 63) {
      throw new TerraneException(
          ErrorCode.NUMERIC_OVERFLOW,
          "BIGINT value is out of range in 'sum: " + value.toPlainString() + "'");
    }
    return rounded.longValue();
  }

  long heapBytes() {
    return (exact ? 24L : 16L) * counts.length;
  }
}
