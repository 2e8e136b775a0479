package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.DateDayVector;

/** DATE. */
final class DateEncoder implements ColumnEncoder {
  private static final int BINARY_BYTES = 4;

  private final DateDayVector vector;
  private final CalendarFields date = new CalendarFields();
  private final Digits text = new Digits();

  DateEncoder(DateDayVector vector) {
    this.vector = vector;
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    date.ofEpochDay(vector.get(row));
    text.clear();
    date.appendTo(text);
    text.writeTo(out);
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    date.ofEpochDay(vector.get(row));
    out.writeUint8(BINARY_BYTES);
    date.writeBinary(out);
  }
}
