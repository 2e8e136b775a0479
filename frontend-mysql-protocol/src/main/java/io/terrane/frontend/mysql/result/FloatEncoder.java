package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.Float4Vector;

/** FLOAT32. */
final class FloatEncoder implements ColumnEncoder {
  private final Float4Vector vector;

  FloatEncoder(Float4Vector vector) {
    this.vector = vector;
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    out.writeLengthString(FloatText.of(vector.get(row)));
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    out.writeInt32(Float.floatToRawIntBits(vector.get(row)));
  }
}
