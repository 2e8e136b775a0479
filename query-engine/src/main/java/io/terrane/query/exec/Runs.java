package io.terrane.query.exec;

import io.terrane.query.expr.Column;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Stretches of neighbouring rows with equal keys. Regions give rows in key order, so that looking
 * at the neighbour first saves most look-ups by hash.
 */
final class Runs {
  private static final int LONG_RUN = 4;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private boolean[] continues = {};
  private int[] starts = {0};
  private int count;

  /** Finds the runs of a batch, replacing those found before. */
  void find(Column[] keys, int rows) {
    if (continues.length < rows) {
      continues = new boolean[rows];
      starts = new int[rows + 1];
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
    starts[count] = rows;
  }

  /** All rows are one run, if there are any. */
  void one(int rows) {
    if (starts.length < 2) {
      starts = new int[2];
    }
    count = rows == 0 ? 0 : 1;
    starts[0] = 0;
    starts[count] = rows;
  }

  /** Whether the runs are long enough to be worth more than their rows. */
  boolean areLong() {
    return count * LONG_RUN <= starts[count];
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
          continues[i] = continues[i] && isSame(bytes, offsets[i - 1], offsets[i], offsets[i + 1]);
        }
      }
    }
    if (key.hasNulls()) {
      for (int i = 1; i < rows; i++) {
        continues[i] &= !key.isNull(i) && !key.isNull(i - 1);
      }
    }
  }

  /** Whether a text equals the one that begins where it ends. */
  private static boolean isSame(byte[] bytes, int first, int second, int end) {
    int length = end - second;
    if (second - first != length) {
      return false;
    }
    if (length < Long.BYTES || length > 2 * Long.BYTES) {
      return Arrays.equals(bytes, first, second, bytes, second, end);
    }
    // Two pieces, which overlap, cover it.
    return (long) LONGS.get(bytes, first) == (long) LONGS.get(bytes, second)
        && (long) LONGS.get(bytes, second - Long.BYTES)
            == (long) LONGS.get(bytes, end - Long.BYTES);
  }

  int count() {
    return count;
  }

  /** First rows of the runs; behind the last the number of rows. */
  int[] starts() {
    return starts;
  }
}
