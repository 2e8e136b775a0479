package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.TimeMicroVector;

/**
 * TIME: a span of microseconds, maybe negative, maybe longer than a day. As text it has a fraction
 * only where there is one, for nearly all columns are declared without.
 */
final class TimeEncoder implements ColumnEncoder {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int BINARY_BYTES_WHOLE = 8;
  private static final int BINARY_BYTES_FRACTION = 12;

  private final TimeMicroVector vector;
  private final Digits text = new Digits();

  TimeEncoder(TimeMicroVector vector) {
    this.vector = vector;
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    long value = vector.get(row);
    long micros = Math.abs(value);
    long seconds = micros / MICROS_PER_SECOND;
    long hours = seconds / 3600;
    text.clear();
    if (value < 0) {
      text.append('-');
    }
    if (hours < 100) {
      text.appendPadded(hours, 2);
    } else {
      text.appendUnsigned(hours);
    }
    text.append(':');
    text.appendPadded(seconds / 60 % 60, 2);
    text.append(':');
    text.appendPadded(seconds % 60, 2);
    if (micros % MICROS_PER_SECOND != 0) {
      text.append('.');
      text.appendPadded(micros % MICROS_PER_SECOND, 6);
    }
    text.writeTo(out);
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    long value = vector.get(row);
    long micros = Math.abs(value);
    long seconds = micros / MICROS_PER_SECOND;
    int fraction = (int) (micros % MICROS_PER_SECOND);
    if (micros == 0) {
      out.writeUint8(0);
      return;
    }
    out.writeUint8(fraction == 0 ? BINARY_BYTES_WHOLE : BINARY_BYTES_FRACTION)
        .writeUint8(value < 0 ? 1 : 0)
        .writeInt32((int) (seconds / 86_400))
        .writeUint8((int) (seconds / 3600 % 24))
        .writeUint8((int) (seconds / 60 % 60))
        .writeUint8((int) (seconds % 60));
    if (fraction != 0) {
      out.writeInt32(fraction);
    }
  }
}
