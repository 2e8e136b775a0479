package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of INTERVAL (MySQL 8.4 manual, 11.5 "Temporal Intervals"), and nanoseconds. */
enum IntervalUnit {
  NANOSECOND(1, 0),
  MICROSECOND(1_000L, 0),
  MILLISECOND(1_000_000L, 0),
  SECOND(1_000_000_000L, 0),
  MINUTE(60_000_000_000L, 0),
  HOUR(3_600_000_000_000L, 0),
  DAY(86_400_000_000_000L, 0),
  WEEK(7 * 86_400_000_000_000L, 0),
  MONTH(0, 1),
  QUARTER(0, 3),
  YEAR(0, 12),
  SECOND_MICROSECOND(SECOND, MICROSECOND),
  MINUTE_MICROSECOND(MINUTE, SECOND, MICROSECOND),
  MINUTE_SECOND(MINUTE, SECOND),
  HOUR_MICROSECOND(HOUR, MINUTE, SECOND, MICROSECOND),
  HOUR_SECOND(HOUR, MINUTE, SECOND),
  HOUR_MINUTE(HOUR, MINUTE),
  DAY_MICROSECOND(DAY, HOUR, MINUTE, SECOND, MICROSECOND),
  DAY_SECOND(DAY, HOUR, MINUTE, SECOND),
  DAY_MINUTE(DAY, HOUR, MINUTE),
  DAY_HOUR(DAY, HOUR),
  YEAR_MONTH(YEAR, MONTH),
  /** The units are in the amount's text: a {@link Period}. */
  PERIOD(0, 0);

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final long nanos;
  private final int months;
  private final IntervalUnit[] parts;

  IntervalUnit(long nanos, int months) {
    this.nanos = nanos;
    this.months = months;
    this.parts = new IntervalUnit[0];
  }

  IntervalUnit(IntervalUnit... parts) {
    this.nanos = 0;
    this.months = 0;
    this.parts = parts;
  }

  /** By name, singular or plural, in any case; INVALID_ARGUMENT if there is none. */
  static IntervalUnit of(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    String singular = upper.startsWith("SQL_TSI_") ? upper.substring(8) : upper;
    return Arrays.stream(values())
        .filter(unit -> unit.name().equals(singular) || (unit.name() + "S").equals(singular))
        .findFirst()
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.INVALID_ARGUMENT, "unknown unit of time '" + name + "'"));
  }

  /** Nanoseconds of a unit of fixed length, 0 for months and compounds. */
  long nanos() {
    return nanos;
  }

  /** Months of a unit that is so many, else 0. */
  int months() {
    return months;
  }

  /** Whether adding it to a date gives a date. */
  boolean isDays() {
    return this == DAY || this == WEEK || months > 0 || this == YEAR_MONTH;
  }

  /** The amount as MySQL reads it, added; null where that leaves the calendar. */
  LocalDateTime add(LocalDateTime time, String amount, int sign) {
    try {
      if (this == PERIOD) {
        return Period.parse(amount).addTo(time, sign);
      }
      if (parts.length == 0) {
        return addNumber(time, number(amount), sign);
      }
      return addCompound(time, amount, amount.trim().startsWith("-") ? -sign : sign);
    } catch (DateTimeException | ArithmeticException outside) {
      return null;
    }
  }

  private static BigDecimal number(String amount) {
    Matcher leading = Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d*)?)").matcher(amount);
    return leading.lookingAt() ? new BigDecimal(leading.group(1)) : BigDecimal.ZERO;
  }

  private LocalDateTime addNumber(LocalDateTime time, BigDecimal amount, int sign) {
    BigDecimal whole = this == SECOND ? amount : amount.setScale(0, RoundingMode.HALF_UP);
    if (months > 0) {
      return time.plusMonths(Math.multiplyExact(sign * (long) months, whole.longValueExact()));
    }
    if (nanos % SECOND.nanos == 0 && whole.scale() <= 0) {
      return time.plus(
          Math.multiplyExact(sign * (nanos / SECOND.nanos), whole.longValueExact()),
          ChronoUnit.SECONDS);
    }
    BigDecimal total = whole.multiply(BigDecimal.valueOf(sign * nanos));
    BigDecimal[] split = total.divideAndRemainder(BigDecimal.valueOf(SECOND.nanos));
    return time.plusSeconds(split[0].longValueExact()).plusNanos(split[1].longValue());
  }

  /** Numbers with anything between them; missing ones are missing on the left. */
  private LocalDateTime addCompound(LocalDateTime time, String amount, int sign) {
    String[] numbers = DIGITS.matcher(amount).results().map(r -> r.group()).toArray(String[]::new);
    LocalDateTime sum = time;
    int skip = parts.length - numbers.length;
    for (int i = Math.max(0, skip); i < parts.length; i++) {
      String digits = numbers[i - skip];
      if (parts[i] == MICROSECOND) {
        digits = (digits + "000000").substring(0, 6);
      }
      sum = parts[i].addNumber(sum, new BigDecimal(digits), sign);
    }
    return sum;
  }
}
