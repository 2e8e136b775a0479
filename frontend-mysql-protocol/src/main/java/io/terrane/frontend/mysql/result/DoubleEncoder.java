package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.Float8Vector;

/** FLOAT64. */
final class DoubleEncoder implements ColumnEncoder {
  private final FixedValues values;
  private final Digits digits = new Digits();

  DoubleEncoder(Float8Vector vector) {
    this.values = new FixedValues(vector);
  }

  @Override
  public boolean isNull(int row) {
    return values.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    double value = Double.longBitsToDouble(values.longAt(row));
    digits.clear();
    if (FloatText.append(value, digits)) {
      digits.writeTo(out);
    } else {
      out.writeLengthString(FloatText.of(value));
    }
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    out.writeInt64(values.longAt(row));
  }
}
