package io.terrane.datanode.encoding;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** A file's dictionary of one column, on the heap. Immutable. */
public final class DictionaryValues {
  private static final int OFFSET_BYTES = 4;

  private final int count;

  /** Of numbers. */
  private final long[] values;

  /** Of texts: all of them behind each other, and where each begins. */
  private final byte[] bytes;

  private final int[] starts;

  private DictionaryValues(int count, long[] values, byte[] bytes, int[] starts) {
    this.count = count;
    this.values = values;
    this.bytes = bytes;
    this.starts = starts;
  }

  /** Copies the values, none of them NULL, out of a vector, which stays the caller's. */
  public static DictionaryValues of(FieldVector vector) {
    int count = vector.getValueCount();
    if (vector instanceof BaseVariableWidthVector texts) {
      int[] starts = new int[count + 1];
      for (int i = 0; i < count; i++) {
        starts[i + 1] = starts[i] + texts.getValueLength(i);
      }
      byte[] bytes = new byte[starts[count]];
      texts.getDataBuffer().getBytes(0, bytes);
      return new DictionaryValues(count, new long[0], bytes, starts);
    }
    boolean isLong = ((BaseFixedWidthVector) vector).getTypeWidth() == Long.BYTES;
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          isLong
              ? vector.getDataBuffer().getLong((long) i * Long.BYTES)
              : vector.getDataBuffer().getInt((long) i * Integer.BYTES);
    }
    return new DictionaryValues(count, values, new byte[0], new int[0]);
  }

  /**
   * Replaces {@code target} by the values that {@code numbers} stand for. A number beyond the
   * dictionary is an IndexOutOfBoundsException.
   */
  void fill(SmallIntVector numbers, FieldVector target, BufferAllocator allocator) {
    int rows = numbers.getValueCount();
    ArrowFieldNode node = new ArrowFieldNode(rows, numbers.getNullCount());
    ArrowBuf validity = numbers.getValidityBuffer();
    validity.writerIndex((rows + 7) / 8);
    numbers.getDataBuffer().checkBytes(0, (long) rows * Short.BYTES);
    long from = numbers.getDataBufferAddress();
    check(from, rows);
    if (target instanceof BaseFixedWidthVector fixed) {
      try (ArrowBuf data = allocator.buffer((long) rows * fixed.getTypeWidth())) {
        numbers(from, rows, fixed.getTypeWidth(), data.memoryAddress());
        data.writerIndex(data.capacity());
        target.loadFieldBuffers(node, List.of(validity, data));
      }
      return;
    }
    try (ArrowBuf offsets = allocator.buffer((rows + 1L) * OFFSET_BYTES)) {
      int length = offsets(from, rows, offsets.memoryAddress());
      offsets.writerIndex((rows + 1L) * OFFSET_BYTES);
      try (ArrowBuf data = allocator.buffer(length)) {
        texts(from, rows, data.memoryAddress());
        data.writerIndex(length);
        target.loadFieldBuffers(node, List.of(validity, offsets, data));
      }
    }
  }

  private void check(long from, int rows) {
    for (int row = 0; row < rows; row++) {
      int number = number(from, row);
      if (number < 0 || number >= Math.max(1, count)) {
        throw new IndexOutOfBoundsException("value " + number + " of a dictionary of " + count);
      }
    }
  }

  private static int number(long from, int row) {
    return MemoryUtil.getShort(from + (long) row * Short.BYTES);
  }

  private void numbers(long from, int rows, int width, long to) {
    if (count == 0) {
      MemoryUtil.setMemory(to, (long) rows * width, (byte) 0);
    } else if (width == Long.BYTES) {
      for (int row = 0; row < rows; row++) {
        MemoryUtil.putLong(to + (long) row * Long.BYTES, values[number(from, row)]);
      }
    } else {
      for (int row = 0; row < rows; row++) {
        MemoryUtil.putInt(to + (long) row * Integer.BYTES, (int) values[number(from, row)]);
      }
    }
  }

  private int offsets(long from, int rows, long to) {
    int end = 0;
    MemoryUtil.putInt(to, 0);
    for (int row = 0; row < rows; row++) {
      end = Math.addExact(end, length(number(from, row)));
      MemoryUtil.putInt(to + (row + 1L) * OFFSET_BYTES, end);
    }
    return end;
  }

  private int length(int number) {
    return count == 0 ? 0 : starts[number + 1] - starts[number];
  }

  private void texts(long from, int rows, long to) {
    long at = to;
    for (int row = 0; row < rows; row++) {
      int number = number(from, row);
      int length = length(number);
      if (length > 0) {
        MemoryUtil.copyToMemory(bytes, starts[number], at, length);
        at += length;
      }
    }
  }
}
