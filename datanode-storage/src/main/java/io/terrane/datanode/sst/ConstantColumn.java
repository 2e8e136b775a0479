package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import io.terrane.datanode.row.RowValues;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Makes a column whose rows all have one value. */
final class ConstantColumn {
  private static final int OFFSET_BYTES = 4;

  private ConstantColumn() {}

  /**
   * Replaces {@code target}.
   *
   * @param value of its type, a number or a string; or NULL
   */
  static void fill(FieldVector target, int rows, Datum value) {
    BufferAllocator allocator = target.getAllocator();
    if (value.isNull()) {
      target.setInitialCapacity(Math.max(1, rows));
      target.allocateNew();
      target.setValueCount(rows);
      return;
    }
    try (FieldVector one = target.getField().createVector(allocator)) {
      one.setInitialCapacity(1);
      one.allocateNew();
      RowValues.write(one, 0, value);
      one.setValueCount(1);
      ArrowFieldNode node = new ArrowFieldNode(rows, 0);
      int width =
          one instanceof BaseFixedWidthVector fixed
              ? fixed.getTypeWidth()
              : RowValues.length(one, 0);
      try (ArrowBuf data = repeated(one.getDataBuffer(), width, rows, allocator);
          ArrowBuf none = allocator.getEmpty()) {
        if (one instanceof BaseFixedWidthVector) {
          target.loadFieldBuffers(node, List.of(none, data));
          return;
        }
        try (ArrowBuf offsets = allocator.buffer((rows + 1L) * OFFSET_BYTES)) {
          for (int row = 0; row <= rows; row++) {
            offsets.setInt((long) row * OFFSET_BYTES, Math.multiplyExact(row, width));
          }
          offsets.writerIndex((rows + 1L) * OFFSET_BYTES);
          target.loadFieldBuffers(node, List.of(none, offsets, data));
        }
      }
    }
  }

  private static ArrowBuf repeated(ArrowBuf value, int width, int rows, BufferAllocator allocator) {
    long bytes = (long) width * rows;
    ArrowBuf data = allocator.buffer(bytes);
    if (bytes > 0) {
      value.checkBytes(0, width);
      MemoryUtil.copyMemory(value.memoryAddress(), data.memoryAddress(), width);
      for (long done = width; done < bytes; done *= 2) {
        MemoryUtil.copyMemory(
            data.memoryAddress(), data.memoryAddress() + done, Math.min(done, bytes - done));
      }
    }
    data.writerIndex(bytes);
    return data;
  }
}
