package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time written out: {@code 1 year 2 months 3 days}, {@code 1h30m}, {@code -5s}, {@code
 * 1 day 02:03:04}, {@code P1Y2MT5S}. Months and days are the calendar's.
 */
public record Period(long months, long days, long nanos) {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d{1,9})?))?"
              + "|([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Zµ]+))");

  private static final Pattern ISO_8601 =
      Pattern.compile("([+-]?)P((?:\\d+[YMWD])*)(?:T((?:\\d+(?:\\.\\d+)?[HMS])+))?");

  /** INCORRECT_VALUE if the text is no period. */
  public static Period parse(String text) {
    String trimmed = text.trim();
    try {
      Period period = isoOrParts(trimmed);
      if (period != null) {
        return period;
      }
    } catch (ArithmeticException tooLong) {
      throw incorrect(text, tooLong);
    }
    throw incorrect(text, null);
  }

  private static Period isoOrParts(String text) {
    Matcher iso = ISO_8601.matcher(text);
    if (iso.matches() && text.length() > 1) {
      Period date = parts(iso.group(2).toLowerCase(Locale.ROOT).replace("m", "mon"));
      Period time = iso.group(3) == null ? NONE : parts(iso.group(3).toLowerCase(Locale.ROOT));
      Period sum = date == null || time == null ? null : date.plus(time);
      return sum == null || !iso.group(1).equals("-") ? sum : sum.negated();
    }
    return text.isEmpty() ? null : parts(text);
  }

  private static final Period NONE = new Period(0, 0, 0);

  private static Period parts(String text) {
    Period sum = NONE;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!part.find(at) || part.start() != at) {
        return text.substring(at).trim().equalsIgnoreCase("ago") ? sum.negated() : null;
      }
      Period next = part.group(2) == null ? ofUnit(part.group(5), part.group(6)) : ofClock(part);
      if (next == null) {
        return null;
      }
      sum = sum.plus(next);
      at = part.end();
    }
    return sum;
  }

  private static Period ofClock(Matcher part) {
    BigDecimal seconds = part.group(4) == null ? BigDecimal.ZERO : new BigDecimal(part.group(4));
    BigDecimal total =
        seconds.add(
            new BigDecimal(part.group(2))
                .multiply(BigDecimal.valueOf(60))
                .add(new BigDecimal(part.group(3)))
                .multiply(BigDecimal.valueOf(60)));
    Period period = new Period(0, 0, total.movePointRight(9).longValueExact());
    return part.group(1).equals("-") ? period.negated() : period;
  }

  /** Null for an unknown unit, and for a fraction of a unit that has no whole number of parts. */
  private static Period ofUnit(String amount, String unit) {
    BigDecimal number = new BigDecimal(amount);
    return switch (unit.equals("M") ? "mon" : unit.toLowerCase(Locale.ROOT)) {
      case "y", "yr", "yrs", "year", "years" -> ofMonths(number, 12);
      case "quarter", "quarters" -> ofMonths(number, 3);
      case "mon", "mons", "month", "months" -> ofMonths(number, 1);
      case "w", "week", "weeks" -> ofDays(number, 7);
      case "d", "day", "days" -> ofDays(number, 1);
      case "h", "hr", "hrs", "hour", "hours" -> ofNanos(number, 3600 * SECOND);
      case "m", "min", "mins", "minute", "minutes" -> ofNanos(number, 60 * SECOND);
      case "s", "sec", "secs", "second", "seconds" -> ofNanos(number, SECOND);
      case "ms", "millisecond", "milliseconds" -> ofNanos(number, 1_000_000);
      case "us", "µs", "microsecond", "microseconds" -> ofNanos(number, 1000);
      case "ns", "nanosecond", "nanoseconds" -> ofNanos(number, 1);
      default -> null;
    };
  }

  private static Period ofMonths(BigDecimal number, int months) {
    return new Period(number.multiply(BigDecimal.valueOf(months)).longValueExact(), 0, 0);
  }

  private static Period ofDays(BigDecimal number, int days) {
    BigDecimal all = number.multiply(BigDecimal.valueOf(days));
    BigDecimal[] split = all.divideAndRemainder(BigDecimal.ONE);
    return new Period(0, split[0].longValueExact(), ofNanos(split[1], DAY).nanos());
  }

  private static Period ofNanos(BigDecimal number, long nanos) {
    return new Period(0, 0, number.multiply(BigDecimal.valueOf(nanos)).longValueExact());
  }

  public Period plus(Period other) {
    return new Period(
        Math.addExact(months, other.months),
        Math.addExact(days, other.days),
        Math.addExact(nanos, other.nanos));
  }

  public Period negated() {
    return new Period(-months, -days, -nanos);
  }

  /** Whether adding it to a date gives a date. */
  public boolean isDays() {
    return nanos == 0;
  }

  /** Whether it has parts below a millisecond. */
  public boolean isFine() {
    return nanos % 1_000_000 != 0;
  }

  /**
   * @param sign 1 to add, -1 to subtract
   */
  public LocalDateTime addTo(LocalDateTime time, int sign) {
    return time.plusMonths(sign * months).plusDays(sign * days).plusNanos(sign * nanos);
  }

  private static TerraneException incorrect(String text, Exception cause) {
    return new TerraneException(
        ErrorCode.INCORRECT_VALUE, "Incorrect INTERVAL value: '" + text + "'", cause);
  }
}
