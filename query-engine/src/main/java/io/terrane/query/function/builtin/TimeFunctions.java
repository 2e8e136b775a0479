package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.api.table.DataType.TIMESTAMP_MICROS;
import static io.terrane.api.table.DataType.TIMESTAMP_MILLIS;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.NUMBER;
import static io.terrane.query.function.Param.TEMPORAL;
import static io.terrane.query.function.Param.TEXT;
import static io.terrane.query.function.Param.TIMESTAMP;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The clock, and instants as numbers. NOW() has milliseconds, so that rows that take it as their
 * time index stay apart.
 */
final class TimeFunctions {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  private TimeFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        now("now", "current_timestamp", "localtime", "localtimestamp"),
        now("utc_timestamp"),
        RowFunction.named("sysdate")
            .optionally(INTEGER)
            .returns(TIMESTAMP_MICROS)
            .volatility(Volatility.VOLATILE)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row, Temporals.timestamp(context.clock().instant(), TIMESTAMP_MICROS))),
        today("curdate", "current_date"),
        RowFunction.named("utc_date")
            .returns(DataType.DATE)
            .volatility(Volatility.STABLE)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, context.statementTime().getEpochSecond() / 86_400)),
        RowFunction.named("curtime", "current_time")
            .optionally(INTEGER)
            .returns(DataType.TIME)
            .volatility(Volatility.STABLE)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        LocalDateTime.ofInstant(context.statementTime(), context.timeZone())
                                .toLocalTime()
                                .toSecondOfDay()
                            * Temporals.MICROS_PER_SECOND)),
        RowFunction.named("utc_time")
            .optionally(INTEGER)
            .returns(DataType.TIME)
            .volatility(Volatility.STABLE)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        context.statementTime().getEpochSecond()
                            % 86_400
                            * Temporals.MICROS_PER_SECOND)),
        RowFunction.named("unix_timestamp")
            .optionally(TEMPORAL)
            .returns(TimeFunctions::unixType)
            .volatility(Volatility.STABLE)
            .kernel(TimeFunctions::unixTimestamp),
        RowFunction.named("to_unixtime")
            .takes(TIMESTAMP)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row, Math.floorDiv(a[0].longAt(row), a[0].type().unitsPerSecond()))),
        RowFunction.named("from_unixtime")
            .takes(NUMBER)
            .optionally(TEXT)
            .returns(TimeFunctions::fromUnixType)
            .zoned()
            .kernel(TimeFunctions::fromUnixtime),
        RowFunction.named("convert_tz")
            .takes(TIMESTAMP, TEXT, TEXT)
            .returns(types -> types.get(0))
            .zoned()
            .kernel(TimeFunctions::convertZone));
  }

  private static ScalarFunction now(String name, String... aliases) {
    return RowFunction.named(name, aliases)
        .optionally(INTEGER)
        .returns(types -> types.isEmpty() ? TIMESTAMP_MILLIS : TIMESTAMP_MICROS)
        .volatility(Volatility.STABLE)
        .kernel(
            (context, a, row, out) -> {
              long digits = a.length == 0 ? 3 : a[0].longAt(row);
              if (digits < 0 || digits > 6) {
                throw new TerraneException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Too-big precision " + digits + " specified for 'now'. Maximum is 6.");
              }
              long unit = (long) Math.pow(10, 9 - digits);
              Instant time = context.statementTime();
              Instant cut = time.minusNanos(time.getNano() % unit);
              out.setLong(row, Temporals.timestamp(cut, out.type()));
            });
  }

  private static ScalarFunction today(String name, String... aliases) {
    return RowFunction.named(name, aliases)
        .returns(DataType.DATE)
        .volatility(Volatility.STABLE)
        .zoned()
        .kernel((context, a, row, out) -> out.setLong(row, WallClock.today(context).toEpochDay()));
  }

  private static DataType unixType(List<DataType> types) {
    boolean hasFraction =
        !types.isEmpty()
            && types.get(0).kind() == DataType.Kind.TIMESTAMP
            && types.get(0).precision() > 0;
    return hasFraction ? DataType.decimal(20, Math.min(6, types.get(0).precision())) : INT64;
  }

  private static void unixTimestamp(ExecutionContext context, Column[] a, int row, Column out) {
    if (a.length == 0) {
      out.setLong(row, context.statementTime().getEpochSecond());
      return;
    }
    DataType type = a[0].type();
    if (out.storage() == Column.Storage.DECIMAL) {
      BigDecimal seconds =
          BigDecimal.valueOf(a[0].longAt(row))
              .divide(BigDecimal.valueOf(type.unitsPerSecond()), 9, RoundingMode.UNNECESSARY);
      out.setDecimal(row, seconds.setScale(out.type().scale(), RoundingMode.DOWN));
    } else if (type.kind() == DataType.Kind.TIMESTAMP) {
      out.setLong(row, a[0].longAt(row));
    } else {
      out.setLong(
          row, WallClock.read(context, a[0], row).atZone(context.timeZone()).toEpochSecond());
    }
  }

  private static DataType fromUnixType(List<DataType> types) {
    if (types.size() > 1) {
      return STRING;
    }
    return types.get(0).isInteger() ? DataType.TIMESTAMP_SECOND : TIMESTAMP_MICROS;
  }

  private static void fromUnixtime(ExecutionContext context, Column[] a, int row, Column out) {
    BigDecimal seconds =
        switch (a[0].storage()) {
          case LONG -> Decimals.ofLong(a[0].longAt(row), a[0].type());
          case DOUBLE -> BigDecimal.valueOf(a[0].doubleAt(row));
          case DECIMAL -> a[0].decimalAt(row);
          case BYTES -> throw new IllegalStateException("a number is not held as bytes");
        };
    // What MySQL takes: up to 3001-01-18.
    if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(32_536_771_199L)) > 0) {
      out.setNull(row);
      return;
    }
    long whole = seconds.longValue();
    long nanos = seconds.subtract(BigDecimal.valueOf(whole)).multiply(NANOS).longValue();
    Instant instant = Instant.ofEpochSecond(whole, nanos);
    if (out.storage() == Column.Storage.BYTES) {
      LocalDateTime local = LocalDateTime.ofInstant(instant, context.timeZone());
      out.setString(row, DateFormats.format(local, a[1].stringAt(row)));
    } else {
      out.setLong(row, Temporals.timestamp(instant, out.type()));
    }
  }

  private static void convertZone(ExecutionContext context, Column[] a, int row, Column out) {
    ZoneId from = zone(a[1].stringAt(row), context);
    ZoneId to = zone(a[2].stringAt(row), context);
    if (from == null || to == null) {
      out.setNull(row);
      return;
    }
    LocalDateTime there =
        WallClock.read(context, a[0], row).atZone(from).withZoneSameInstant(to).toLocalDateTime();
    WallClock.write(context, there, out, row);
  }

  private static ZoneId zone(String name, ExecutionContext context) {
    try {
      return name.equalsIgnoreCase("SYSTEM") ? context.timeZone() : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return null;
    }
  }
}
