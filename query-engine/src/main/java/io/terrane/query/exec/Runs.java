package io.terrane.query.exec;

import io.terrane.query.expr.Column;
import java.util.Arrays;

/**
 * Stretches of neighbouring rows with equal keys. Regions give rows in key order, so that looking
 * at the neighbour first saves most look-ups by hash.
 */
final class Runs {
  private static final int LONG_RUN = 4;

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
      case BYTES -> compareTexts(key.bytes(), key.offsets(), rows);
    }
    if (key.hasNulls()) {
      for (int i = 1; i < rows; i++) {
        continues[i] &= !key.isNull(i) && !key.isNull(i - 1);
      }
    }
  }

  /**
   * Texts lie end to end. Where neighbours are equally long, they are all equal if the bytes are
   * those that lie a text's length further on: so that a stretch of them is compared as a block.
   */
  private void compareTexts(byte[] bytes, int[] offsets, int rows) {
    int first = 0;
    while (first < rows) {
      int length = offsets[first + 1] - offsets[first];
      int end = first + 1;
      while (end < rows && offsets[end + 1] - offsets[end] == length) {
        end++;
      }
      if (length > 0) {
        compareStretch(bytes, offsets[first], length, first, end);
      }
      if (end < rows) {
        continues[end] = false;
      }
      first = end;
    }
  }

  /**
   * @param start of the text of row {@code first}; all rows before {@code end} have texts of {@code
   *     length}, which is not 0
   */
  private void compareStretch(byte[] bytes, int start, int length, int first, int end) {
    int stop = start + (end - first) * length;
    int at = start;
    while (at + length < stop) {
      int same = Arrays.mismatch(bytes, at, stop - length, bytes, at + length, stop);
      if (same < 0) {
        return;
      }
      at += (same / length + 1) * length;
      continues[first + (at - start) / length] = false;
    }
  }

  int count() {
    return count;
  }

  /** First rows of the runs; behind the last the number of rows. */
  int[] starts() {
    return starts;
  }
}
