package io.terrane.query.exec;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Copies of texts and binaries between vectors: offsets first, then the bytes. */
final class VariableWidth {
  private static final int OFFSET_BYTES = BaseVariableWidthVector.OFFSET_WIDTH;

  private VariableWidth() {}

  static void gather(
      FieldVector[] chunks,
      int shift,
      int mask,
      int[] rows,
      int count,
      BaseVariableWidthVector to) {
    long[] offsets = new long[chunks.length];
    long[] data = new long[chunks.length];
    for (int i = 0; i < chunks.length; i++) {
      offsets[i] = chunks[i].getOffsetBuffer().memoryAddress();
      data[i] = chunks[i].getDataBuffer().memoryAddress();
    }
    long size = 0;
    for (int i = 0; i < count; i++) {
      if (rows[i] >= 0) {
        long at = offsets[rows[i] >> shift] + (long) OFFSET_BYTES * (rows[i] & mask);
        size += MemoryUtil.getInt(at + OFFSET_BYTES) - MemoryUtil.getInt(at);
      }
    }
    to.allocateNew(size, Math.max(count, 1));
    to.getOffsetBuffer().checkBytes(0, (long) OFFSET_BYTES * (count + 1));
    long ends = to.getOffsetBuffer().memoryAddress();
    long target = to.getDataBuffer().memoryAddress();
    int end = 0;
    MemoryUtil.putInt(ends, 0);
    for (int i = 0; i < count; i++) {
      if (rows[i] >= 0) {
        int chunk = rows[i] >> shift;
        long at = offsets[chunk] + (long) OFFSET_BYTES * (rows[i] & mask);
        int start = MemoryUtil.getInt(at);
        int length = MemoryUtil.getInt(at + OFFSET_BYTES) - start;
        MemoryUtil.copyMemory(data[chunk] + start, target + end, length);
        end += length;
      }
      MemoryUtil.putInt(ends + (long) OFFSET_BYTES * (i + 1), end);
    }
    if (count > 0) {
      Vectors.gatherValidity(chunks, shift, mask, rows, count, to.getValidityBuffer());
    }
    to.setLastSet(count - 1);
  }

  static void append(
      BaseVariableWidthVector source,
      int[] selected,
      int from,
      int count,
      BaseVariableWidthVector target,
      int at) {
    if (count == 0) {
      return;
    }
    while (target.getValueCapacity() < at + count) {
      target.reallocValidityAndOffsetBuffers();
    }
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += length(source.getOffsetBuffer(), selected == null ? from + i : selected[from + i]);
    }
    int end = target.getOffsetBuffer().getInt((long) OFFSET_BYTES * at);
    if (target.getDataBuffer().capacity() < end + size) {
      target.reallocDataBuffer(end + size);
    }
    ArrowBuf offsets = target.getOffsetBuffer();
    long data = target.getDataBuffer().memoryAddress();
    for (int i = 0; i < count; i++) {
      int row = selected == null ? from + i : selected[from + i];
      end += copy(source, row, data + end);
      offsets.setInt((long) OFFSET_BYTES * (at + i + 1), end);
    }
    Vectors.appendValidity(source, selected, from, count, target.getValidityBuffer(), at);
    target.setLastSet(at + count - 1);
  }

  private static int length(ArrowBuf offsets, int row) {
    return offsets.getInt((long) OFFSET_BYTES * (row + 1))
        - offsets.getInt((long) OFFSET_BYTES * row);
  }

  private static int copy(FieldVector source, int row, long target) {
    int start = source.getOffsetBuffer().getInt((long) OFFSET_BYTES * row);
    int length = source.getOffsetBuffer().getInt((long) OFFSET_BYTES * (row + 1)) - start;
    MemoryUtil.copyMemory(source.getDataBuffer().memoryAddress() + start, target, length);
    return length;
  }
}
