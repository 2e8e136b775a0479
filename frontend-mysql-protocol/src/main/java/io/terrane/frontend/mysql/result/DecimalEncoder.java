package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.math.BigDecimal;
import org.apache.arrow.vector.FieldVector;

/** DECIMAL of 128 or 256 bits: its text with every digit of the scale, in both protocols. */
final class DecimalEncoder implements ColumnEncoder {
  private final FieldVector vector;

  DecimalEncoder(FieldVector vector) {
    this.vector = vector;
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    out.writeLengthString(((BigDecimal) vector.getObject(row)).toPlainString());
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    writeText(row, out);
  }
}
