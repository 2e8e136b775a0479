package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.VariableWidthFieldVector;

/** STRING and BINARY: their bytes, in both protocols. */
final class BytesEncoder implements ColumnEncoder {
  private final VariableWidthFieldVector vector;
  private final boolean hasNulls;
  private final int[] offsets;
  private final ArrowBuf data;

  BytesEncoder(VariableWidthFieldVector vector) {
    this.vector = vector;
    this.hasNulls = vector.getNullCount() > 0;
    this.offsets = offsets(vector);
    this.data = vector.getDataBuffer();
  }

  private static int[] offsets(VariableWidthFieldVector vector) {
    int[] offsets = new int[vector.getValueCount() + 1];
    if (offsets.length > 1) {
      ArrowBuf buffer = vector.getOffsetBuffer();
      buffer.checkBytes(0, (long) Integer.BYTES * offsets.length);
      long address = buffer.memoryAddress();
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = MemoryUtil.getInt(address + (long) Integer.BYTES * i);
      }
    }
    return offsets;
  }

  @Override
  public boolean isNull(int row) {
    return hasNulls && vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    int start = offsets[row];
    int length = offsets[row + 1] - start;
    out.writeLength(length);
    if (length > 0) {
      int at = out.reserve(length);
      data.getBytes(start, out.array(), at, length);
    }
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    writeText(row, out);
  }
}
