package io.terrane.datanode.encoding;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;

/** Of four or eight bytes each, told apart by their bits, in a table with open addressing. */
final class DistinctNumbers extends DistinctValues {
  private static final int SLOTS_AT_FIRST = 512;
  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  private int[] slots = new int[SLOTS_AT_FIRST];
  private long[] values = new long[SLOTS_AT_FIRST / 2];
  private int count;

  @Override
  int count() {
    return count;
  }

  @Override
  boolean number(FieldVector vector, SmallIntVector numbers) {
    int rows = vector.getValueCount();
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    boolean nulls = vector.getNullCount() > 0;
    vector.getDataBuffer().checkBytes(0, (long) rows * width);
    numbers.getDataBuffer().checkBytes(0, (long) rows * Short.BYTES);
    long source = vector.getDataBufferAddress();
    long target = numbers.getDataBufferAddress();
    for (int row = 0; row < rows; row++) {
      int number = 0;
      if (!nulls || !vector.isNull(row)) {
        long at = source + (long) row * width;
        number = find(width == Long.BYTES ? MemoryUtil.getLong(at) : MemoryUtil.getInt(at));
        if (number >= COUNT_MAX) {
          return false;
        }
      }
      MemoryUtil.putShort(target + (long) row * Short.BYTES, (short) number);
    }
    return true;
  }

  private int find(long value) {
    int mask = slots.length - 1;
    long hash = value * HASH_FACTOR;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (values[number] == value) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    if (count == values.length) {
      grow();
      return find(value);
    }
    values[count] = value;
    slots[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    long[] known = values;
    slots = new int[slots.length * 2];
    values = new long[slots.length / 2];
    count = 0;
    for (long value : known) {
      find(value);
    }
  }

  @Override
  void write(FieldVector target) {
    BaseFixedWidthVector fixed = (BaseFixedWidthVector) target;
    fixed.allocateNew(Math.max(1, count));
    int width = fixed.getTypeWidth();
    long to = fixed.getDataBufferAddress();
    for (int i = 0; i < count; i++) {
      if (width == Long.BYTES) {
        MemoryUtil.putLong(to + (long) i * width, values[i]);
      } else {
        MemoryUtil.putInt(to + (long) i * width, (int) values[i]);
      }
      fixed.setIndexDefined(i);
    }
    fixed.setValueCount(count);
  }
}
