package io.terrane.datanode.row;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * The different values of string or binary columns, numbered as they come, in a table with open
 * addressing. Values stay where they are; their vectors must live as long. Not thread-safe.
 */
final class DistinctBytes {
  private static final int OFFSET_BYTES = 4;
  private static final int SLOTS_AT_FIRST = 256;

  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  private int[] slots = new int[SLOTS_AT_FIRST];
  private long[] addresses = new long[SLOTS_AT_FIRST];
  private long[] heads = new long[SLOTS_AT_FIRST];
  private int[] lengths = new int[SLOTS_AT_FIRST];
  private int[] hashes = new int[SLOTS_AT_FIRST];
  private int count;

  /**
   * Writes the numbers of a column's first {@code rows} values, -1 for NULL, from {@code at} on.
   *
   * @return the place behind the last
   */
  int number(FieldVector column, int rows, long[] numbers, int at) {
    BaseVariableWidthVector vector = (BaseVariableWidthVector) column;
    boolean nulls = vector.getNullCount() > 0;
    int next = at;
    int last = -1;
    vector.getOffsetBuffer().checkBytes(0, rows == 0 ? 0 : (rows + 1L) * OFFSET_BYTES);
    long offsets = vector.getOffsetBufferAddress();
    for (int row = 0; row < rows; row++) {
      if (nulls && vector.isNull(row)) {
        numbers[next++] = -1;
        continue;
      }
      int start = MemoryUtil.getInt(offsets + (long) row * OFFSET_BYTES);
      int length = MemoryUtil.getInt(offsets + (row + 1L) * OFFSET_BYTES) - start;
      vector.getDataBuffer().checkBytes(start, (long) start + length);
      long address = vector.getDataBufferAddress() + start;
      long head = head(address, length);
      if (last < 0 || !isEqual(last, head, address, length)) {
        last = find(head, address, length);
      }
      numbers[next++] = last;
    }
    return next;
  }

  private int find(long head, long address, int length) {
    int hash = hash(head, address, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash && isEqual(number, head, address, length)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    if (count == addresses.length / 2) {
      grow();
      return find(head, address, length);
    }
    addresses[count] = address;
    heads[count] = head;
    lengths[count] = length;
    hashes[count] = hash;
    slots[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    int size = slots.length * 2;
    addresses = Arrays.copyOf(addresses, size);
    heads = Arrays.copyOf(heads, size);
    lengths = Arrays.copyOf(lengths, size);
    hashes = Arrays.copyOf(hashes, size);
    slots = new int[size];
    for (int number = 0; number < count; number++) {
      int slot = hashes[number] & (size - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (size - 1);
      }
      slots[slot] = number + 1;
    }
  }

  private boolean isEqual(int number, long head, long address, int length) {
    return heads[number] == head
        && lengths[number] == length
        && (length <= Long.BYTES || mismatch(addresses[number], address, length) < 0);
  }

  /** The first eight bytes, or all of fewer, as a number. */
  private static long head(long address, int length) {
    if (length >= Long.BYTES) {
      return MemoryUtil.getLong(address);
    }
    long head = 0;
    int done = 0;
    if (length >= Integer.BYTES) {
      head = Integer.toUnsignedLong(MemoryUtil.getInt(address));
      done = Integer.BYTES;
    }
    for (; done < length; done++) {
      head |= (MemoryUtil.getByte(address + done) & 0xffL) << (Byte.SIZE * done);
    }
    return head;
  }

  private static int hash(long head, long address, int length) {
    long hash = (head ^ length) * HASH_FACTOR;
    int done = Long.BYTES;
    for (; done + Long.BYTES <= length; done += Long.BYTES) {
      hash = ((hash ^ (hash >>> 32)) ^ MemoryUtil.getLong(address + done)) * HASH_FACTOR;
    }
    if (done < length) {
      hash = ((hash ^ (hash >>> 32)) ^ head(address + done, length - done)) * HASH_FACTOR;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /** The first place where two values differ, or -1. */
  private static int mismatch(long left, long right, int length) {
    int done = 0;
    while (done + Long.BYTES <= length
        && MemoryUtil.getLong(left + done) == MemoryUtil.getLong(right + done)) {
      done += Long.BYTES;
    }
    for (; done < length; done++) {
      if (MemoryUtil.getByte(left + done) != MemoryUtil.getByte(right + done)) {
        return done;
      }
    }
    return -1;
  }

  /** For each number the value's place in the order of bytes. */
  int[] ranks() {
    Integer[] sorted = new Integer[count];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, this::compare);
    int[] ranks = new int[count];
    for (int i = 0; i < count; i++) {
      ranks[sorted[i]] = i;
    }
    return ranks;
  }

  private int compare(int left, int right) {
    int common = Math.min(lengths[left], lengths[right]);
    int at = mismatch(addresses[left], addresses[right], common);
    return at < 0
        ? Integer.compare(lengths[left], lengths[right])
        : Integer.compare(
            MemoryUtil.getByte(addresses[left] + at) & 0xff,
            MemoryUtil.getByte(addresses[right] + at) & 0xff);
  }
}
