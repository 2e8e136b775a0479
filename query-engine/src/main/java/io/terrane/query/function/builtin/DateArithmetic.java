package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.DataType.Kind;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.Period;
import io.terrane.query.expr.Temporals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * {@code date_add(value, unit, amount)}, {@code date_sub}, and {@code timestampadd(unit, amount,
 * value)}. A text gives a text; a DATE gives a DATE for units of days and more, a TIME gives a TIME
 * for those below, which is known where the unit is constant.
 */
record DateArithmetic(String name, List<String> aliases, int sign, int value, int unit, int amount)
    implements ScalarFunction {
  static List<ScalarFunction> all() {
    return List.of(
        new DateArithmetic("date_add", List.of(), 1, 0, 1, 2),
        new DateArithmetic("date_sub", List.of(), -1, 0, 1, 2),
        new DateArithmetic("timestampadd", List.of(), 1, 2, 0, 1));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    return resultType(arguments, List.of(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Override
  public DataType resultType(List<DataType> arguments, List<Optional<Datum>> constants) {
    Arguments.count(name, arguments, 3, 3);
    DataType given = arguments.get(value);
    Optional<IntervalUnit> known =
        constants
            .get(unit)
            .filter(constant -> constant.value() instanceof String)
            .map(constant -> IntervalUnit.of((String) constant.value()));
    Optional<Period> period =
        known
            .filter(by -> by == IntervalUnit.PERIOD)
            .flatMap(by -> constants.get(amount))
            .filter(constant -> constant.value() instanceof String)
            .map(constant -> Period.parse((String) constant.value()));
    boolean isFine =
        period.map(Period::isFine).or(() -> known.map(DateArithmetic::isFine)).orElse(false);
    boolean isDays =
        period.map(Period::isDays).or(() -> known.map(IntervalUnit::isDays)).orElse(false);
    return switch (given.kind()) {
      case TIMESTAMP -> isFine && given.precision() < 6 ? DataType.TIMESTAMP_MICROS : given;
      case DATE ->
          isDays
              ? DataType.DATE
              : isFine || known.isEmpty() ? DataType.TIMESTAMP_MICROS : DataType.TIMESTAMP_SECOND;
      case TIME -> isDays || known.isEmpty() ? DataType.TIMESTAMP_MICROS : DataType.TIME;
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
          DECIMAL,
          STRING,
          BINARY ->
          DataType.STRING;
    };
  }

  private static boolean isFine(IntervalUnit unit) {
    return unit.name().endsWith("MICROSECOND")
        || unit == IntervalUnit.PERIOD
        || unit == IntervalUnit.MILLISECOND
        || unit == IntervalUnit.NANOSECOND;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return arguments.get(value).kind() == Kind.TIMESTAMP;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    DataType type =
        resultType(
            arguments.stream().map(VectorExpr::type).toList(),
            arguments.stream().map(VectorExpr::constant).toList());
    VectorExpr start = arguments.get(value);
    VectorExpr from =
        CommonType.isTemporal(start.type())
            ? start
            : Casts.implicit(context, start, DataType.STRING);
    List<VectorExpr> inputs =
        List.of(
            from,
            Casts.implicit(context, arguments.get(unit), DataType.STRING),
            Casts.implicit(context, arguments.get(amount), DataType.STRING));
    return new CustomExpr(
        type,
        inputs,
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            if (columns[0].isNull(i) || columns[1].isNull(i) || columns[2].isNull(i)) {
              out.setNull(i);
            } else {
              add(context, columns, i, out);
            }
          }
        });
  }

  /** A TIME is a span: it may grow beyond a day. */
  private void addToTime(IntervalUnit by, Column[] columns, int row, Column out) {
    LocalDateTime zero = LocalDate.EPOCH.atStartOfDay();
    LocalDateTime sum =
        by.add(zero.plusNanos(columns[0].longAt(row) * 1000), columns[2].stringAt(row), sign);
    long micros = sum == null ? Long.MAX_VALUE : ChronoUnit.MICROS.between(zero, sum);
    if (Math.abs(micros) > Temporals.TIME_MICROS_MAX) {
      out.setNull(row);
    } else {
      out.setLong(row, micros);
    }
  }

  private void add(ExecutionContext context, Column[] columns, int row, Column out) {
    IntervalUnit by = IntervalUnit.of(columns[1].stringAt(row));
    if (out.type().kind() == Kind.TIME) {
      addToTime(by, columns, row, out);
      return;
    }
    boolean isText = columns[0].storage() == Column.Storage.BYTES;
    String text = isText ? columns[0].stringAt(row) : "";
    LocalDateTime time =
        isText
            ? Temporals.parseDateTime(text, context.timeZone())
            : WallClock.read(context, columns[0], row);
    LocalDateTime sum = time == null ? null : by.add(time, columns[2].stringAt(row), sign);
    if (sum == null) {
      out.setNull(row);
    } else if (isText && by.isDays() && text.trim().length() <= 10) {
      out.setString(row, Temporals.format(sum.toLocalDate()));
    } else {
      WallClock.write(context, sum, out, row);
    }
  }
}
