package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.Temporals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.Param;
import io.terrane.query.function.ScalarFunction;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/**
 * {@code date_trunc(unit, timestamp)}: the start of the unit, in the session's zone; weeks start on
 * Monday. Units of fixed length in UTC are plain arithmetic on the longs.
 */
final class DateTruncation implements ScalarFunction {
  /** 1970-01-01 was a Thursday, three days after a Monday. */
  private static final long NANOS_OF_MONDAY = -3 * IntervalUnit.DAY.nanos();

  @Override
  public String name() {
    return "date_trunc";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 2, 2);
    return Param.TIMESTAMP.convert(arguments.get(1));
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return true;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    DataType type = Param.TIMESTAMP.convert(arguments.get(1).type());
    List<VectorExpr> inputs =
        List.of(
            Casts.implicit(context, arguments.get(0), DataType.STRING),
            Casts.implicit(context, arguments.get(1), type));
    boolean isUtc = context.timeZone().normalized().equals(ZoneOffset.UTC);
    Optional<IntervalUnit> constant =
        arguments
            .get(0)
            .constant()
            .filter(name -> name.value() instanceof String)
            .map(name -> IntervalUnit.of((String) name.value()));
    return new CustomExpr(
        type,
        inputs,
        (columns, out, rows) -> {
          out.addNullsOf(columns[0]);
          out.addNullsOf(columns[1]);
          for (int i = 0; i < rows; i++) {
            if (!out.isNull(i)) {
              IntervalUnit unit =
                  constant.isPresent() ? constant.get() : IntervalUnit.of(columns[0].stringAt(i));
              long value = columns[1].longAt(i);
              out.setLong(
                  i, isUtc ? inUtc(value, type, unit) : onTheWall(context, value, type, unit));
            }
          }
        });
  }

  private static long inUtc(long value, DataType type, IntervalUnit unit) {
    long unitNanos = 1_000_000_000L / type.unitsPerSecond();
    if (unit.nanos() == 0) {
      LocalDateTime time = Temporals.local(value, type, ZoneOffset.UTC);
      return Temporals.timestamp(truncate(time, unit), type, ZoneOffset.UTC);
    }
    if (unit.nanos() <= unitNanos) {
      return value;
    }
    long length = unit.nanos() / unitNanos;
    long shift = unit == IntervalUnit.WEEK ? NANOS_OF_MONDAY / unitNanos : 0;
    return value - Math.floorMod(value - shift, length);
  }

  private static long onTheWall(
      ExecutionContext context, long value, DataType type, IntervalUnit unit) {
    LocalDateTime time = Temporals.local(value, type, context.timeZone());
    return Temporals.timestamp(truncate(time, unit), type, context.timeZone());
  }

  private static LocalDateTime truncate(LocalDateTime time, IntervalUnit unit) {
    return switch (unit) {
      case NANOSECOND -> time;
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK ->
          time.truncatedTo(ChronoUnit.DAYS)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case QUARTER ->
          time.truncatedTo(ChronoUnit.DAYS)
              .withDayOfMonth(1)
              .withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      case SECOND_MICROSECOND,
          MINUTE_MICROSECOND,
          MINUTE_SECOND,
          HOUR_MICROSECOND,
          HOUR_SECOND,
          HOUR_MINUTE,
          DAY_MICROSECOND,
          DAY_SECOND,
          DAY_MINUTE,
          DAY_HOUR,
          YEAR_MONTH,
          PERIOD ->
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT, "date_trunc to " + unit + " is not possible");
    };
  }
}
