package io.terrane.datanode.scan;

import java.util.Arrays;

/** Stretches of a batch's rows, in order and apart from each other. Not thread-safe. */
public final class RowRanges {
  private int[] firsts = new int[4];
  private int[] ends = new int[4];
  private int count;

  /** The first {@code rows} rows. */
  public static RowRanges all(int rows) {
    RowRanges ranges = new RowRanges();
    ranges.add(0, rows);
    return ranges;
  }

  /** Adds rows behind those that are there; {@code end} is not one of them. */
  void add(int first, int end) {
    if (first >= end) {
      return;
    }
    if (count > 0 && ends[count - 1] == first) {
      ends[count - 1] = end;
      return;
    }
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    firsts[count] = first;
    ends[count++] = end;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public int count() {
    return count;
  }

  public int first(int range) {
    return firsts[range];
  }

  /** The row behind the range's last. */
  public int end(int range) {
    return ends[range];
  }
}
