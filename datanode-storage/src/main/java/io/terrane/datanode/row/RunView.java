package io.terrane.datanode.row;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** A run of rows of one column as a vector of its own, which shares the column's memory. */
final class RunView {
  private static final int OFFSET_BYTES = BaseVariableWidthVector.OFFSET_WIDTH;

  private RunView() {}

  /**
   * Replaces {@code target}, which is of the type of {@code whole} and empty. Offsets of texts are
   * counted anew, in one loop behind one check of their buffer.
   */
  static void of(FieldVector whole, int first, int count, FieldVector target) {
    boolean wholeBytes = first % Byte.SIZE == 0;
    if (whole instanceof BaseVariableWidthVector texts && first > 0 && wholeBytes) {
      texts(texts, first, count, target);
    } else {
      whole.makeTransferPair(target).splitAndTransfer(first, count);
    }
  }

  private static void texts(
      BaseVariableWidthVector whole, int first, int count, FieldVector target) {
    ArrowBuf before = whole.getOffsetBuffer();
    long bytes = (count + 1L) * OFFSET_BYTES;
    before.checkBytes((long) first * OFFSET_BYTES, (long) first * OFFSET_BYTES + bytes);
    long from = before.memoryAddress() + (long) first * OFFSET_BYTES;
    int start = MemoryUtil.getInt(from);
    try (ArrowBuf offsets = target.getAllocator().buffer(bytes)) {
      long to = offsets.memoryAddress();
      for (long at = 0; at < bytes; at += OFFSET_BYTES) {
        MemoryUtil.putInt(to + at, MemoryUtil.getInt(from + at) - start);
      }
      offsets.writerIndex(bytes);
      ArrowBuf data = whole.getDataBuffer().slice(start, offsets.getInt(bytes - OFFSET_BYTES));
      ArrowBuf validity =
          whole.getValidityBuffer().slice(first / Byte.SIZE, (count + 7L) / Byte.SIZE);
      int nulls = whole.getNullCount() == 0 ? 0 : nulls(whole, first, count);
      target.loadFieldBuffers(new ArrowFieldNode(count, nulls), List.of(validity, offsets, data));
    }
  }

  private static int nulls(FieldVector whole, int first, int count) {
    int nulls = 0;
    for (int row = first; row < first + count; row++) {
      nulls += whole.isNull(row) ? 1 : 0;
    }
    return nulls;
  }
}
