package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.Float8Vector;

/** FLOAT64. */
final class DoubleEncoder implements ColumnEncoder {
  private final Float8Vector vector;

  DoubleEncoder(Float8Vector vector) {
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
    out.writeInt64(Double.doubleToRawLongBits(vector.get(row)));
  }
}
