package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times between their stored longs, the calendar and text (MySQL 8.4 manual, 11.1.3 "Date
 * and Time Literals"). Timestamps are instants; the zone says how they read on the wall.
 */
public final class Temporals {
  public static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** MySQL's limit of TIME, 838:59:59.999999. */
  public static final long TIME_MICROS_MAX =
      (838 * 3600L + 59 * 60 + 59) * MICROS_PER_SECOND + 999_999;

  private static final Pattern DELIMITED =
      Pattern.compile(
          "\\s*(\\d{1,4})[-/.:^@](\\d{1,2})[-/.:^@](\\d{1,2})"
              + "(?:[Tt\\s]+(\\d{1,2})(?:[-:.](\\d{1,2})(?:[-:.](\\d{1,2})(?:[.,](\\d{0,9}))?)?)?)?"
              + "\\s*(Z|z|[+-]\\d{2}:?\\d{2}|UTC)?\\s*");
  private static final Pattern PLAIN =
      Pattern.compile("\\s*(\\d{6}|\\d{8}|\\d{12}|\\d{14})(?:\\.(\\d{0,9}))?\\s*");
  private static final Pattern TIME =
      Pattern.compile(
          "\\s*(-)?(?:(\\d{1,2})\\s+)?(\\d{1,3})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9}))?)?)?\\s*");
  private static final Pattern TIME_PLAIN =
      Pattern.compile("\\s*(-)?(\\d{1,7})(?:\\.(\\d{0,9}))?\\s*");

  private Temporals() {}

  /** A reading of text: the wall time, and the offset if the text names one. */
  private record Reading(LocalDateTime local, ZoneOffset offset) {
    LocalDateTime in(ZoneId zone) {
      return offset == null
          ? local
          : local.atOffset(offset).atZoneSameInstant(zone).toLocalDateTime();
    }
  }

  /** What a timestamp's long reads on the wall of {@code zone}. */
  public static LocalDateTime local(long value, DataType type, ZoneId zone) {
    long units = type.unitsPerSecond();
    long seconds = Math.floorDiv(value, units);
    int nanos = (int) (Math.floorMod(value, units) * (1_000_000_000L / units));
    ZoneOffset offset =
        zone instanceof ZoneOffset fixed
            ? fixed
            : zone.getRules().getOffset(Instant.ofEpochSecond(seconds));
    return LocalDateTime.ofEpochSecond(seconds, nanos, offset);
  }

  /** The timestamp of a wall time; fraction digits beyond the type's are rounded. */
  public static long timestamp(LocalDateTime local, DataType type, ZoneId zone) {
    ZoneOffset offset = zone instanceof ZoneOffset fixed ? fixed : local.atZone(zone).getOffset();
    return timestamp(local.toEpochSecond(offset), local.getNano(), type);
  }

  public static long timestamp(Instant instant, DataType type) {
    return timestamp(instant.getEpochSecond(), instant.getNano(), type);
  }

  private static long timestamp(long seconds, int nanos, DataType type) {
    long units = type.unitsPerSecond();
    long unitNanos = 1_000_000_000L / units;
    try {
      return Math.addExact(Math.multiplyExact(seconds, units), (nanos + unitNanos / 2) / unitNanos);
    } catch (ArithmeticException tooFar) {
      throw new TerraneException(
          ErrorCode.VALUE_OUT_OF_RANGE,
          "second " + seconds + " since 1970 is beyond " + type,
          tooFar);
    }
  }

  /** The same instant in another unit, rounded; saturates at the type's ends. */
  public static long rescale(long value, DataType from, DataType to) {
    long fromUnits = from.unitsPerSecond();
    long toUnits = to.unitsPerSecond();
    if (fromUnits == toUnits) {
      return value;
    }
    if (toUnits > fromUnits) {
      long factor = toUnits / fromUnits;
      long product = value * factor;
      if (Math.multiplyHigh(value, factor) != product >> 63) {
        return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      return product;
    }
    long divisor = fromUnits / toUnits;
    long half = divisor / 2;
    return Math.floorDiv(value > Long.MAX_VALUE - half ? value : value + half, divisor);
  }

  /** Reads a date with or without a time; null if the text is neither. */
  public static LocalDateTime parseDateTime(String text, ZoneId zone) {
    Reading reading = read(text);
    return reading == null ? null : reading.in(zone);
  }

  private static Reading read(String text) {
    try {
      Matcher delimited = DELIMITED.matcher(text);
      if (delimited.matches()) {
        LocalDate date =
            LocalDate.of(
                year(delimited.group(1)),
                Integer.parseInt(delimited.group(2)),
                Integer.parseInt(delimited.group(3)));
        LocalTime time =
            LocalTime.of(
                number(delimited.group(4)), number(delimited.group(5)), number(delimited.group(6)));
        return new Reading(
            date.atTime(time).plusNanos(nanos(delimited.group(7))), offset(delimited.group(8)));
      }
      Matcher plain = PLAIN.matcher(text);
      return plain.matches() ? new Reading(plain(plain), null) : null;
    } catch (DateTimeException impossible) {
      return null;
    }
  }

  private static LocalDateTime plain(Matcher match) {
    String digits = match.group(1);
    int yearDigits = digits.length() == 8 || digits.length() == 14 ? 4 : 2;
    int year = year(digits.substring(0, yearDigits));
    String rest = digits.substring(yearDigits) + "000000";
    return LocalDateTime.of(
            year,
            number(rest.substring(0, 2)),
            number(rest.substring(2, 4)),
            number(rest.substring(4, 6)),
            number(rest.substring(6, 8)),
            rest.length() >= 10 ? number(rest.substring(8, 10)) : 0)
        .plusNanos(nanos(match.group(2)));
  }

  private static int year(String digits) {
    int year = Integer.parseInt(digits);
    if (digits.length() > 2) {
      return year;
    }
    return year < 70 ? 2000 + year : 1900 + year;
  }

  private static int number(String digits) {
    return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private static ZoneOffset offset(String text) {
    if (text == null) {
      return null;
    }
    return text.equalsIgnoreCase("Z") || text.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(text);
  }

  /** Microseconds of a TIME text ({@code [-][D ]HH:MM:SS}, HHMMSS, or a date's time); or null. */
  public static Long parseTime(String text) {
    Matcher match = TIME.matcher(text);
    if (match.matches() && (match.group(4) != null || match.group(2) != null)) {
      long hours = number(match.group(3)) + 24L * number(match.group(2));
      return time(
          match.group(1), hours, number(match.group(4)), number(match.group(5)), match.group(6));
    }
    Matcher plain = TIME_PLAIN.matcher(text);
    if (plain.matches()) {
      int digits = Integer.parseInt(plain.group(2));
      return time(plain.group(1), digits / 10000, digits / 100 % 100, digits % 100, plain.group(3));
    }
    Reading reading = read(text);
    return reading == null ? null : reading.local().toLocalTime().toNanoOfDay() / 1000;
  }

  private static Long time(String sign, long hours, int minutes, int seconds, String fraction) {
    if (minutes > 59 || seconds > 59) {
      return null;
    }
    long micros =
        (hours * 3600 + minutes * 60L + seconds) * MICROS_PER_SECOND
            + (nanos(fraction) + 500) / 1000;
    long bounded = Math.min(micros, TIME_MICROS_MAX);
    return sign == null ? bounded : -bounded;
  }

  /** {@code YYYY-MM-DD HH:MM:SS} with this many fraction digits. */
  public static String format(LocalDateTime time, int fractionDigits) {
    StringBuilder text = new StringBuilder(29);
    date(text, time.toLocalDate()).append(' ');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    pad(text, time.getSecond(), 2);
    fraction(text, time.getNano(), fractionDigits);
    return text.toString();
  }

  public static String format(LocalDate date) {
    return date(new StringBuilder(10), date).toString();
  }

  /** {@code [-]HH:MM:SS}, with six fraction digits if there are any microseconds. */
  public static String formatTime(long micros) {
    long magnitude = Math.abs(micros);
    StringBuilder text = new StringBuilder(16);
    if (micros < 0) {
      text.append('-');
    }
    long seconds = magnitude / MICROS_PER_SECOND;
    pad(text, seconds / 3600, 2).append(':');
    pad(text, seconds / 60 % 60, 2).append(':');
    pad(text, seconds % 60, 2);
    int fraction = (int) (magnitude % MICROS_PER_SECOND);
    if (fraction != 0) {
      fraction(text, fraction * 1000, 6);
    }
    return text.toString();
  }

  private static StringBuilder date(StringBuilder text, LocalDate date) {
    pad(text, date.getYear(), 4).append('-');
    pad(text, date.getMonthValue(), 2).append('-');
    return pad(text, date.getDayOfMonth(), 2);
  }

  private static void fraction(StringBuilder text, int nanos, int digits) {
    if (digits > 0) {
      String all = Integer.toString(1_000_000_000 + nanos);
      text.append('.').append(all, 1, 1 + digits);
    }
  }

  private static StringBuilder pad(StringBuilder text, long number, int width) {
    String digits = Long.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
