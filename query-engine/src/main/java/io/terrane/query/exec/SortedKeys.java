package io.terrane.query.exec;

import java.util.Arrays;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * The encoded keys of rows 0, 1, 2 …, and their order. Compares eight bytes as a number first, the
 * rest only where these are equal. Stable. One thread.
 */
final class SortedKeys implements AutoCloseable {
  private static final int BYTES_MAX = 1 << 30;

  private final MemoryAccount account;
  private byte[] data = new byte[1024];
  private int[] ends = new int[65];
  private long[] prefixes = new long[64];
  private int size;

  SortedKeys(MemoryAccount account) {
    this.account = account;
  }

  int size() {
    return size;
  }

  void add(byte[] key, int from, int to) {
    int start = ends[size];
    int length = to - from;
    if (data.length - start < length) {
      if (start > BYTES_MAX - length) {
        throw new OutOfMemoryException("sort keys take more than " + BYTES_MAX + " bytes");
      }
      int wanted = Math.max(start + length, (int) Math.min(2L * data.length, BYTES_MAX));
      hold(wanted, prefixes.length);
      data = Arrays.copyOf(data, wanted);
    }
    if (size == prefixes.length) {
      hold(data.length, 2L * size);
      prefixes = Arrays.copyOf(prefixes, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size + 1);
    }
    System.arraycopy(key, from, data, start, length);
    long prefix = 0;
    for (int i = 0; i < 8; i++) {
      prefix = prefix << 8 | (i < length ? key[from + i] & 0xff : 0);
    }
    prefixes[size] = prefix ^ Long.MIN_VALUE;
    ends[++size] = start + length;
  }

  void addAll(KeyEncoder keys, int rows) {
    for (int row = 0; row < rows; row++) {
      add(keys.data(), keys.start(row), keys.end(row));
    }
  }

  private void hold(long bytes, long rows) {
    // Twice four bytes for the order and its merge buffer.
    account.hold(bytes + 20 * rows);
  }

  int compare(int row, int other) {
    int prefix = Long.compare(prefixes[row], prefixes[other]);
    return prefix != 0
        ? prefix
        : Arrays.compareUnsigned(
            data, ends[row], ends[row + 1], data, ends[other], ends[other + 1]);
  }

  /** Whether two rows have the same first {@code bytes} bytes, or are equal. */
  boolean equal(int row, int other) {
    return compare(row, other) == 0;
  }

  /** Row numbers in order. */
  int[] sort() {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    int[] buffer = order.clone();
    mergeSort(buffer, order, 0, size);
    return order;
  }

  private void mergeSort(int[] from, int[] to, int low, int high) {
    if (high - low < 8) {
      for (int i = low + 1; i < high; i++) {
        int row = to[i];
        int at = i;
        for (; at > low && compare(to[at - 1], row) > 0; at--) {
          to[at] = to[at - 1];
        }
        to[at] = row;
      }
      return;
    }
    int middle = (low + high) >>> 1;
    mergeSort(to, from, low, middle);
    mergeSort(to, from, middle, high);
    if (compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, low, to, low, high - low);
      return;
    }
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft = right >= high || (left < middle && compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  /** Keeps only these rows, renumbered in this order. */
  void retain(int[] order, int count) {
    byte[] oldData = data;
    int[] oldEnds = ends;
    data = new byte[1024];
    ends = new int[65];
    prefixes = new long[64];
    size = 0;
    for (int i = 0; i < count; i++) {
      add(oldData, oldEnds[order[i]], oldEnds[order[i] + 1]);
    }
    hold(data.length, prefixes.length);
  }

  /** Forgets all rows. */
  void clear() {
    retain(new int[0], 0);
  }

  @Override
  public void close() {
    account.close();
  }
}
