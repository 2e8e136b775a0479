package io.terrane.frontend.mysql.result;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/**
 * A day in the proleptic Gregorian calendar, reused from value to value.
 *
 * <p>Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 */
final class CalendarFields {
  private static final int YEAR_MAX = 9999;
  private static final int ERA_DAYS = 146_097;
  private static final int EPOCH_FROM_MARCH_OF_YEAR_ZERO = 719_468;

  private long year;
  private int month;
  private int day;

  void ofEpochDay(long epochDay) {
    long shifted = epochDay + EPOCH_FROM_MARCH_OF_YEAR_ZERO;
    long era = Math.floorDiv(shifted, ERA_DAYS);
    int dayOfEra = (int) (shifted - era * ERA_DAYS);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  }

  void appendTo(Digits text) {
    if (year < 0) {
      text.append('-');
    }
    long absolute = Math.abs(year);
    if (absolute <= YEAR_MAX) {
      text.appendPadded(absolute, 4);
    } else {
      text.appendUnsigned(absolute);
    }
    text.append('-');
    text.appendPadded(month, 2);
    text.append('-');
    text.appendPadded(day, 2);
  }

  void writeBinary(PayloadWriter out) {
    if (year < 0 || year > YEAR_MAX) {
      throw new TerraneException(
          ErrorCode.VALUE_OUT_OF_RANGE,
          "year " + year + " does not fit the binary protocol, which ends with 9999");
    }
    out.writeUint16((int) year).writeUint8(month).writeUint8(day);
  }
}
