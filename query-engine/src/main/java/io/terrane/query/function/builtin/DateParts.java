package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.ANY;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEMPORAL;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Numbers and names out of dates and times, and EXTRACT. */
final class DateParts {
  /** Days from year 0 to 1970, as TO_DAYS counts. */
  static final long DAYS_TO_EPOCH = 719_528;

  private DateParts() {}

  static List<ScalarFunction> all() {
    return List.of(
        part("year", LocalDateTime::getYear),
        part("quarter", time -> (time.getMonthValue() + 2) / 3),
        part("month", LocalDateTime::getMonthValue),
        part("day", LocalDateTime::getDayOfMonth, "dayofmonth"),
        part("dayofweek", time -> time.getDayOfWeek().getValue() % 7 + 1),
        part("weekday", time -> time.getDayOfWeek().getValue() - 1),
        part("dayofyear", LocalDateTime::getDayOfYear),
        part("weekofyear", time -> Weeks.of(time.toLocalDate(), 3).number()),
        part("to_days", time -> time.toLocalDate().toEpochDay() + DAYS_TO_EPOCH),
        part(
            "to_seconds",
            time ->
                (time.toLocalDate().toEpochDay() + DAYS_TO_EPOCH) * 86_400
                    + time.toLocalTime().toSecondOfDay()),
        timePart("hour", micros -> micros / 3_600_000_000L),
        timePart("minute", micros -> micros / 60_000_000L % 60),
        timePart("second", micros -> micros / 1_000_000L % 60),
        timePart("microsecond", micros -> micros % 1_000_000L),
        timePart("time_to_sec", true, micros -> micros / 1_000_000L),
        RowFunction.named("week")
            .takes(TEMPORAL)
            .optionally(INTEGER)
            .returns(INT64)
            .zoned()
            .kernel((context, a, row, out) -> out.setLong(row, week(context, a, row).number())),
        RowFunction.named("yearweek")
            .takes(TEMPORAL)
            .optionally(INTEGER)
            .returns(INT64)
            .zoned()
            .kernel(
                (context, a, row, out) -> {
                  int mode = a.length > 1 ? (int) a[1].longAt(row) & 7 : 0;
                  Weeks.Week week =
                      Weeks.of(WallClock.read(context, a[0], row).toLocalDate(), mode | 2);
                  out.setLong(row, week.year() * 100L + week.number());
                }),
        name("dayname", time -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
        name("monthname", time -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
        RowFunction.named("extract", "date_part")
            .takes(TEXT, TEMPORAL)
            .returns(INT64)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, extract(context, a[0].stringAt(row), a[1], row))));
  }

  private interface DatePart {
    long of(LocalDateTime time);
  }

  private interface TimePart {
    long of(long micros);
  }

  private interface DateName {
    String of(LocalDateTime time);
  }

  private static ScalarFunction part(String name, DatePart part, String... aliases) {
    return RowFunction.named(name, aliases)
        .takes(TEMPORAL)
        .returns(INT64)
        .zoned()
        .kernel(
            (context, a, row, out) ->
                out.setLong(row, part.of(WallClock.read(context, a[0], row))));
  }

  /** A part of a time of day; a text is read as a TIME if it does not read as a date. */
  private static ScalarFunction timePart(String name, TimePart part) {
    return timePart(name, false, part);
  }

  private static ScalarFunction timePart(String name, boolean signed, TimePart part) {
    return RowFunction.named(name)
        .takes(ANY)
        .returns(INT64)
        .zoned()
        .kernel(
            (context, a, row, out) -> {
              Long micros = micros(context, a[0], row);
              if (micros == null) {
                out.setNull(row);
              } else {
                out.setLong(row, part.of(signed ? micros : Math.abs(micros)));
              }
            });
  }

  private static Long micros(ExecutionContext context, Column column, int row) {
    if (CommonType.isTemporal(column.type())) {
      return WallClock.timeMicros(context, column, row);
    }
    String text =
        switch (column.storage()) {
          case LONG -> Long.toString(column.longAt(row));
          case DOUBLE -> new BigDecimal(column.doubleAt(row)).toPlainString();
          case DECIMAL -> column.decimalAt(row).toPlainString();
          case BYTES -> column.stringAt(row);
        };
    LocalDateTime time =
        text.indexOf('-') > 0 ? Temporals.parseDateTime(text, context.timeZone()) : null;
    return time == null
        ? Temporals.parseTime(text)
        : Long.valueOf(time.toLocalTime().toNanoOfDay() / 1000);
  }

  private static ScalarFunction name(String function, DateName name) {
    return RowFunction.named(function)
        .takes(TEMPORAL)
        .returns(STRING)
        .zoned()
        .kernel(
            (context, a, row, out) ->
                out.setString(row, name.of(WallClock.read(context, a[0], row))));
  }

  private static Weeks.Week week(ExecutionContext context, Column[] a, int row) {
    int mode = a.length > 1 ? (int) a[1].longAt(row) & 7 : 0;
    return Weeks.of(WallClock.read(context, a[0], row).toLocalDate(), mode);
  }

  private static long extract(ExecutionContext context, String unit, Column column, int row) {
    LocalDateTime time = WallClock.read(context, column, row);
    long micros = WallClock.timeMicros(context, column, row);
    long hours = micros / 3_600_000_000L;
    long minutes = micros / 60_000_000L % 60;
    long seconds = micros / 1_000_000L % 60;
    long fraction = micros % 1_000_000L;
    long clock = hours * 10_000 + minutes * 100 + seconds;
    return switch (unit.trim().toUpperCase(Locale.ENGLISH)) {
      case "YEAR" -> time.getYear();
      case "QUARTER" -> (time.getMonthValue() + 2) / 3;
      case "MONTH" -> time.getMonthValue();
      case "WEEK" -> Weeks.of(time.toLocalDate(), 0).number();
      case "DAY" -> time.getDayOfMonth();
      case "DOW" -> time.getDayOfWeek().getValue() % 7;
      case "ISODOW" -> time.getDayOfWeek().getValue();
      case "DOY" -> time.getDayOfYear();
      case "HOUR" -> hours;
      case "MINUTE" -> minutes;
      case "SECOND" -> seconds;
      case "MILLISECOND" -> seconds * 1000 + fraction / 1000;
      case "MICROSECOND" -> fraction;
      case "EPOCH" -> time.atZone(context.timeZone()).toEpochSecond();
      case "YEAR_MONTH" -> time.getYear() * 100L + time.getMonthValue();
      case "DAY_HOUR" -> time.getDayOfMonth() * 100L + hours;
      case "DAY_MINUTE" -> time.getDayOfMonth() * 10_000L + clock / 100;
      case "DAY_SECOND" -> time.getDayOfMonth() * 1_000_000L + clock;
      case "DAY_MICROSECOND" -> (time.getDayOfMonth() * 1_000_000L + clock) * 1_000_000 + fraction;
      case "HOUR_MINUTE" -> clock / 100;
      case "HOUR_SECOND" -> clock;
      case "HOUR_MICROSECOND" -> clock * 1_000_000 + fraction;
      case "MINUTE_SECOND" -> clock % 10_000;
      case "MINUTE_MICROSECOND" -> clock % 10_000 * 1_000_000 + fraction;
      case "SECOND_MICROSECOND" -> seconds * 1_000_000 + fraction;
      default ->
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT, "unknown unit of time '" + unit + "'");
    };
  }
}
