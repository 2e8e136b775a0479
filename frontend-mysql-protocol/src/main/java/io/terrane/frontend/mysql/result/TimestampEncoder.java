package io.terrane.frontend.mysql.result;

import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.apache.arrow.vector.TimeStampVector;

/**
 * TIMESTAMP: an instant, shown in the session's time zone without naming it. The text has all
 * fraction digits of the type; the binary form has microseconds and drops what is finer.
 */
final class TimestampEncoder implements ColumnEncoder {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int BINARY_BYTES_WHOLE = 7;
  private static final int BINARY_BYTES_FRACTION = 11;
  private static final int MICRO_DIGITS = 6;

  private final FixedValues values;
  private final int fractionDigits;
  private final long unitsPerSecond;
  private final ZoneRules zone;
  private final CalendarFields date = new CalendarFields();
  private final Digits text = new Digits();
  private long secondOfDay;
  private long fraction;

  TimestampEncoder(TimeStampVector vector, DataType type, ZoneId zone) {
    this.values = new FixedValues(vector);
    this.fractionDigits = type.precision();
    this.unitsPerSecond = type.unitsPerSecond();
    this.zone = zone.getRules();
  }

  @Override
  public boolean isNull(int row) {
    return values.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    split(values.longAt(row));
    text.clear();
    date.appendTo(text);
    text.append(' ');
    text.appendPadded(secondOfDay / 3600, 2);
    text.append(':');
    text.appendPadded(secondOfDay / 60 % 60, 2);
    text.append(':');
    text.appendPadded(secondOfDay % 60, 2);
    if (fractionDigits > 0) {
      text.append('.');
      text.appendPadded(fraction, fractionDigits);
    }
    text.writeTo(out);
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    split(values.longAt(row));
    int micros = (int) micros();
    out.writeUint8(micros == 0 ? BINARY_BYTES_WHOLE : BINARY_BYTES_FRACTION);
    date.writeBinary(out);
    out.writeUint8((int) (secondOfDay / 3600))
        .writeUint8((int) (secondOfDay / 60 % 60))
        .writeUint8((int) (secondOfDay % 60));
    if (micros != 0) {
      out.writeInt32(micros);
    }
  }

  private void split(long value) {
    long second = Math.floorDiv(value, unitsPerSecond);
    fraction = Math.floorMod(value, unitsPerSecond);
    if (zone.isFixedOffset()) {
      second += zone.getOffset(Instant.EPOCH).getTotalSeconds();
    } else {
      second += zone.getOffset(instant(second)).getTotalSeconds();
    }
    date.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    secondOfDay = Math.floorMod(second, SECONDS_PER_DAY);
  }

  /** Beyond what an Instant can be, zones no longer change. */
  private static Instant instant(long second) {
    return Instant.ofEpochSecond(
        Math.max(Instant.MIN.getEpochSecond(), Math.min(second, Instant.MAX.getEpochSecond())));
  }

  private long micros() {
    long micros = fraction;
    for (int digits = fractionDigits; digits < MICRO_DIGITS && digits > 0; digits++) {
      micros *= 10;
    }
    for (int digits = fractionDigits; digits > MICRO_DIGITS; digits--) {
      micros /= 10;
    }
    return micros;
  }
}
