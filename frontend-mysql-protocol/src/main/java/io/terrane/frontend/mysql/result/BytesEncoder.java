package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VariableWidthFieldVector;

/** STRING and BINARY: their bytes, in both protocols. */
final class BytesEncoder implements ColumnEncoder {
  private final VariableWidthFieldVector vector;
  private final ArrowBuf offsets;
  private final ArrowBuf data;

  BytesEncoder(VariableWidthFieldVector vector) {
    this.vector = vector;
    this.offsets = vector.getOffsetBuffer();
    this.data = vector.getDataBuffer();
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    int start = offsets.getInt((long) row * Integer.BYTES);
    int length = offsets.getInt((long) (row + 1) * Integer.BYTES) - start;
    out.writeLength(length);
    if (length > 0) {
      out.writeBytes(data.nioBuffer(start, length));
    }
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    writeText(row, out);
  }
}
