package io.terrane.query.exec;

import io.terrane.query.expr.Column;
import java.util.Arrays;

/**
 * Stretches of neighbouring rows with equal keys. Regions give rows in key order, so that looking
 * at the neighbour first saves most look-ups by hash.
 */
final class Runs {
  private boolean[] continues = {};
  private int[] starts = {};
  private int count;

  /** Finds the runs of a batch, replacing those found before. */
  void find(Column[] keys, int rows) {
    if (continues.length < rows) {
      continues = new boolean[rows];
      starts = new int[rows];
    }
    Arrays.fill(continues, 0, rows, true);
    for (Column key : keys) {
      compare(key, rows);
    }
    count = 0;
    for (int i = 0; i < rows; i++) {
      if (i == 0 || !continues[i]) {
        starts[count++] = i;
      }
    }
  }

  private void compare(Column key, int rows) {
    switch (key.storage()) {
      case LONG -> {
        long[] values = key.longs();
        for (int i = 1; i < rows; i++) {
          continues[i] &= values[i] == values[i - 1];
        }
      }
      case DOUBLE -> {
        double[] values = key.doubles();
        for (int i = 1; i < rows; i++) {
          continues[i] &= values[i] == values[i - 1];
        }
      }
      case DECIMAL -> {
        for (int i = 1; i < rows; i++) {
          continues[i] &=
              !key.isNull(i) && !key.isNull(i - 1) && key.decimalAt(i).equals(key.decimalAt(i - 1));
        }
      }
      case BYTES -> {
        byte[] bytes = key.bytes();
        int[] offsets = key.offsets();
        for (int i = 1; i < rows; i++) {
          continues[i] =
              continues[i]
                  && Arrays.equals(
                      bytes, offsets[i - 1], offsets[i], bytes, offsets[i], offsets[i + 1]);
        }
      }
    }
    if (key.hasNulls()) {
      for (int i = 1; i < rows; i++) {
        continues[i] &= !key.isNull(i) && !key.isNull(i - 1);
      }
    }
  }

  int count() {
    return count;
  }

  /** First rows of the runs. */
  int[] starts() {
    return starts;
  }
}
