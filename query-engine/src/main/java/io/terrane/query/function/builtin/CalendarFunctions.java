package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEMPORAL;
import static io.terrane.query.function.Param.TEXT;
import static io.terrane.query.function.Param.TIME;
import static io.terrane.query.function.Param.TIMESTAMP;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.Param;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Dates and times made, converted and subtracted. */
final class CalendarFunctions {
  private CalendarFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("date", "to_date")
            .takes(Param.DATE)
            .returns(DataType.DATE)
            .kernel((context, a, row, out) -> out.setLong(row, a[0].longAt(row))),
        RowFunction.named("time")
            .takes(TIME)
            .returns(DataType.TIME)
            .kernel((context, a, row, out) -> out.setLong(row, a[0].longAt(row))),
        RowFunction.named("timestamp", "to_timestamp")
            .takes(TIMESTAMP)
            .optionally(TIME)
            .returns(types -> types.get(0))
            .kernel(
                (context, a, row, out) -> {
                  long added =
                      a.length == 1
                          ? 0
                          : Temporals.rescale(
                              a[1].longAt(row), DataType.TIMESTAMP_MICROS, out.type());
                  out.setLong(row, a[0].longAt(row) + added);
                }),
        RowFunction.named("datediff")
            .takes(TEMPORAL, TEMPORAL)
            .returns(INT64)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, day(context, a[0], row) - day(context, a[1], row))),
        RowFunction.named("timestampdiff")
            .takes(TEXT, TEMPORAL, TEMPORAL)
            .returns(INT64)
            .zoned()
            .kernel(CalendarFunctions::timestampDiff),
        RowFunction.named("timediff")
            .takes(Param.ANY, Param.ANY)
            .returns(DataType.TIME)
            .zoned()
            .kernel(CalendarFunctions::timeDiff),
        RowFunction.named("period_add")
            .takes(INTEGER, INTEGER)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, period(months(a[0].longAt(row)) + a[1].longAt(row)))),
        RowFunction.named("period_diff")
            .takes(INTEGER, INTEGER)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, months(a[0].longAt(row)) - months(a[1].longAt(row)))),
        addTime("addtime", 1),
        addTime("subtime", -1),
        RowFunction.named("from_days")
            .takes(INTEGER)
            .returns(DataType.DATE)
            .kernel(
                (context, a, row, out) ->
                    date(a[0].longAt(row) - DateParts.DAYS_TO_EPOCH, row, out)),
        RowFunction.named("last_day")
            .takes(TEMPORAL)
            .returns(DataType.DATE)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        WallClock.read(context, a[0], row)
                            .toLocalDate()
                            .with(TemporalAdjusters.lastDayOfMonth())
                            .toEpochDay())),
        RowFunction.named("makedate")
            .takes(INTEGER, INTEGER)
            .returns(DataType.DATE)
            .kernel(
                (context, a, row, out) -> {
                  long year = a[0].longAt(row);
                  long days = a[1].longAt(row);
                  if (year < 0 || year > 9999 || days < 1 || days > 3_700_000) {
                    out.setNull(row);
                  } else {
                    int full = (int) (year < 70 ? 2000 + year : year < 100 ? 1900 + year : year);
                    date(LocalDate.of(full, 1, 1).toEpochDay() + days - 1, row, out);
                  }
                }),
        RowFunction.named("maketime")
            .takes(INTEGER, INTEGER, Param.DOUBLE)
            .returns(DataType.TIME)
            .kernel(
                (context, a, row, out) -> {
                  long hours = a[0].longAt(row);
                  long minutes = a[1].longAt(row);
                  double seconds = a[2].doubleAt(row);
                  if (minutes < 0 || minutes > 59 || seconds < 0 || seconds >= 60) {
                    out.setNull(row);
                  } else {
                    long rest = minutes * 60_000_000L + Math.round(seconds * 1e6);
                    long bounded = Math.max(-839, Math.min(839, hours));
                    time(Math.abs(bounded) * 3_600_000_000L + rest, hours < 0, row, out);
                  }
                }),
        RowFunction.named("sec_to_time")
            .takes(Param.DOUBLE)
            .returns(DataType.TIME)
            .kernel(
                (context, a, row, out) -> {
                  double micros = Math.min(1e15, Math.abs(a[0].doubleAt(row)) * 1e6);
                  time(Math.round(micros), a[0].doubleAt(row) < 0, row, out);
                }));
  }

  /** Months of a period YYMM or YYYYMM since year 0; two digits are of 1970 to 2069. */
  private static long months(long period) {
    long year = period / 100;
    long full = year >= 100 ? year : year < 70 ? year + 2000 : year + 1900;
    return full * 12 + period % 100 - 1;
  }

  private static long period(long months) {
    return months / 12 * 100 + months % 12 + 1;
  }

  private static long day(ExecutionContext context, Column column, int row) {
    return WallClock.read(context, column, row).toLocalDate().toEpochDay();
  }

  private static void date(long epochDay, int row, Column out) {
    if (epochDay > LocalDate.of(9999, 12, 31).toEpochDay() || epochDay < -DateParts.DAYS_TO_EPOCH) {
      out.setNull(row);
    } else {
      out.setLong(row, epochDay);
    }
  }

  private static void time(long micros, boolean negative, int row, Column out) {
    long bounded = Math.min(micros, Temporals.TIME_MICROS_MAX);
    out.setLong(row, negative ? -bounded : bounded);
  }

  private static ScalarFunction addTime(String name, int sign) {
    return RowFunction.named(name)
        .takes(Param.ANY, TIME)
        .returns(types -> CommonType.isTemporal(types.get(0)) ? types.get(0) : DataType.STRING)
        .zoned()
        .kernel(
            (context, a, row, out) -> {
              long micros = sign * a[1].longAt(row);
              Object from = timeOrDate(context, a[0], row);
              if (from instanceof LocalDateTime date) {
                WallClock.write(context, date.plusNanos(micros * 1000), out, row);
              } else if (from instanceof Long time && out.storage() == Column.Storage.BYTES) {
                out.setString(row, Temporals.formatTime(time + micros));
              } else if (from instanceof Long time) {
                long sum = time + micros;
                time(Math.abs(sum), sum < 0, row, out);
              } else {
                out.setNull(row);
              }
            });
  }

  private static void timestampDiff(ExecutionContext context, Column[] a, int row, Column out) {
    LocalDateTime from = WallClock.read(context, a[1], row);
    LocalDateTime to = WallClock.read(context, a[2], row);
    IntervalUnit unit = IntervalUnit.of(a[0].stringAt(row));
    if (unit.months() > 0) {
      out.setLong(row, ChronoUnit.MONTHS.between(from, to) / unit.months());
    } else if (unit.nanos() >= 1000) {
      out.setLong(row, ChronoUnit.MICROS.between(from, to) / (unit.nanos() / 1000));
    } else {
      out.setLong(row, ChronoUnit.NANOS.between(from, to));
    }
  }

  /** Two times or two timestamps; other pairs give NULL, as in MySQL. */
  private static void timeDiff(ExecutionContext context, Column[] a, int row, Column out) {
    Object left = timeOrDate(context, a[0], row);
    Object right = timeOrDate(context, a[1], row);
    if (left instanceof Long first && right instanceof Long second) {
      long micros = first - second;
      time(Math.abs(micros), micros < 0, row, out);
    } else if (left instanceof LocalDateTime first && right instanceof LocalDateTime second) {
      long micros = ChronoUnit.MICROS.between(second, first);
      time(Math.abs(micros), micros < 0, row, out);
    } else {
      out.setNull(row);
    }
  }

  private static Object timeOrDate(ExecutionContext context, Column column, int row) {
    return switch (column.type().kind()) {
      case TIME -> column.longAt(row);
      case DATE, TIMESTAMP -> WallClock.read(context, column, row);
      case STRING, BINARY -> {
        String text = column.stringAt(row);
        yield text.indexOf('-') > 0
            ? Temporals.parseDateTime(text, context.timeZone())
            : Temporals.parseTime(text);
      }
      case NULL,
          BOOLEAN,
          INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          UINT64,
          FLOAT32,
          FLOAT64,
          DECIMAL ->
          null;
    };
  }
}
