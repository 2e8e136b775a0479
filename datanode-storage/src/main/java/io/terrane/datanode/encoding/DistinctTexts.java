package io.terrane.datanode.encoding;

import java.util.Arrays;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;

/** Strings or binaries, in a table with open addressing; holds copies of them. */
final class DistinctTexts extends DistinctValues {
  private static final int SLOTS_AT_FIRST = 512;
  private static final int BYTES_AT_FIRST = 1 << 12;
  private static final int OFFSET_BYTES = 4;
  private static final int HASH_FACTOR = 0x01000193;

  private int[] slots = new int[SLOTS_AT_FIRST];
  private int[] hashes = new int[SLOTS_AT_FIRST / 2];

  /** Where each value begins, and where the last one ends. */
  private int[] starts = new int[SLOTS_AT_FIRST / 2 + 1];

  private byte[] bytes = new byte[BYTES_AT_FIRST];
  private int count;

  @Override
  int count() {
    return count;
  }

  @Override
  boolean number(FieldVector vector, SmallIntVector numbers) {
    int rows = vector.getValueCount();
    if (rows == 0) {
      return true;
    }
    boolean nulls = vector.getNullCount() > 0;
    BaseVariableWidthVector texts = (BaseVariableWidthVector) vector;
    texts.getOffsetBuffer().checkBytes(0, (rows + 1L) * OFFSET_BYTES);
    numbers.getDataBuffer().checkBytes(0, (long) rows * Short.BYTES);
    long offsets = texts.getOffsetBufferAddress();
    texts.getDataBuffer().checkBytes(0, MemoryUtil.getInt(offsets + (long) rows * OFFSET_BYTES));
    long data = texts.getDataBufferAddress();
    long target = numbers.getDataBufferAddress();
    int last = -1;
    for (int row = 0; row < rows; row++) {
      int number = 0;
      if (!nulls || !vector.isNull(row)) {
        int start = MemoryUtil.getInt(offsets + (long) row * OFFSET_BYTES);
        int length = MemoryUtil.getInt(offsets + (row + 1L) * OFFSET_BYTES) - start;
        if (length > BYTES_MAX) {
          return false;
        }
        // Neighbours are mostly equal: rows are sorted by series.
        if (last < 0 || !isEqual(last, data + start, length)) {
          last = find(data + start, length);
        }
        if (last >= COUNT_MAX || starts[count] > BYTES_MAX) {
          return false;
        }
        number = last;
      }
      MemoryUtil.putShort(target + (long) row * Short.BYTES, (short) number);
    }
    return true;
  }

  private boolean isEqual(int number, long address, int length) {
    int start = starts[number];
    if (starts[number + 1] - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] != MemoryUtil.getByte(address + i)) {
        return false;
      }
    }
    return true;
  }

  private int find(long address, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ MemoryUtil.getByte(address + i)) * HASH_FACTOR;
    }
    hash ^= hash >>> 15;
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash && isEqual(number, address, length)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    add(hash, address, length);
    slots[slot] = count;
    if (count == hashes.length) {
      grow();
    }
    return count - 1;
  }

  private void add(int hash, long address, int length) {
    int start = starts[count];
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
    }
    MemoryUtil.copyFromMemory(address, bytes, start, length);
    hashes[count++] = hash;
    starts[count] = start + length;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    hashes = Arrays.copyOf(hashes, slots.length / 2);
    starts = Arrays.copyOf(starts, slots.length / 2 + 1);
    int mask = slots.length - 1;
    for (int number = 0; number < count; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number + 1;
    }
  }

  @Override
  void write(FieldVector target) {
    BaseVariableWidthVector texts = (BaseVariableWidthVector) target;
    texts.allocateNew(starts[count], Math.max(1, count));
    for (int i = 0; i < count; i++) {
      texts.set(i, bytes, starts[i], starts[i + 1] - starts[i]);
    }
    texts.setValueCount(count);
  }
}
