package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * {@code str_to_date(text, format)}: NULL if the text does not fit. With a constant format of only
 * date or only time parts the result is a DATE or a TIME, else a TIMESTAMP.
 */
final class DateReading implements ScalarFunction {
  private static final String DATE_PARTS = "YyXxmcdeDjUuVvwabMW";
  private static final String TIME_PARTS = "HkhIlisSTrpf";

  @Override
  public String name() {
    return "str_to_date";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 2, 2);
    return DataType.TIMESTAMP_MICROS;
  }

  @Override
  public DataType resultType(List<DataType> arguments, List<Optional<Datum>> constants) {
    DataType type = resultType(arguments);
    if (constants.get(1).isEmpty() || !(constants.get(1).get().value() instanceof String format)) {
      return type;
    }
    boolean hasDate = hasAny(format, DATE_PARTS);
    boolean hasTime = hasAny(format, TIME_PARTS);
    if (hasDate && !hasTime) {
      return DataType.DATE;
    }
    if (hasTime && !hasDate) {
      return DataType.TIME;
    }
    return format.contains("%f") ? type : DataType.TIMESTAMP_SECOND;
  }

  private static boolean hasAny(String format, String specifiers) {
    for (int i = format.indexOf('%'); i >= 0 && i + 1 < format.length(); ) {
      if (specifiers.indexOf(format.charAt(i + 1)) >= 0) {
        return true;
      }
      i = format.indexOf('%', i + 2);
    }
    return false;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    return true;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    DataType type =
        resultType(
            arguments.stream().map(VectorExpr::type).toList(),
            arguments.stream().map(VectorExpr::constant).toList());
    List<VectorExpr> inputs =
        List.of(
            Casts.implicit(context, arguments.get(0), DataType.STRING),
            Casts.implicit(context, arguments.get(1), DataType.STRING));
    return new CustomExpr(
        type,
        inputs,
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            LocalDateTime time =
                columns[0].isNull(i) || columns[1].isNull(i)
                    ? null
                    : DateReader.read(columns[0].stringAt(i), columns[1].stringAt(i));
            if (time == null) {
              out.setNull(i);
            } else {
              WallClock.write(context, time, out, i);
            }
          }
        });
  }
}
