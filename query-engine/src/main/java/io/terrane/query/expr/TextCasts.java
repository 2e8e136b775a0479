package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Casts.Converter;
import java.time.LocalDate;
import java.time.ZoneId;

/** Conversions to text. */
final class TextCasts {
  private TextCasts() {}

  static Converter toText(DataType from, DataType to, ZoneId zone) {
    return switch (from.kind()) {
      case STRING, BINARY -> {
        boolean mayBeInvalid =
            from.kind() == DataType.Kind.BINARY && to.kind() == DataType.Kind.STRING;
        yield mayBeInvalid
            ? (in, row, out) -> out.setString(row, in.stringAt(row))
            : (in, row, out) -> out.setFrom(row, in, row);
      }
      case NULL -> (in, row, out) -> out.setNull(row);
      case BOOLEAN, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 ->
          (in, row, out) -> out.setString(row, Long.toString(in.longAt(row)));
      case UINT64 -> (in, row, out) -> out.setString(row, Long.toUnsignedString(in.longAt(row)));
      case FLOAT32 -> (in, row, out) -> out.setString(row, NumberText.of((float) in.doubleAt(row)));
      case FLOAT64 -> (in, row, out) -> out.setString(row, NumberText.of(in.doubleAt(row)));
      case DECIMAL -> (in, row, out) -> out.setString(row, in.decimalAt(row).toPlainString());
      case DATE ->
          (in, row, out) ->
              out.setString(row, Temporals.format(LocalDate.ofEpochDay(in.longAt(row))));
      case TIME -> (in, row, out) -> out.setString(row, Temporals.formatTime(in.longAt(row)));
      case TIMESTAMP ->
          (in, row, out) ->
              out.setString(
                  row,
                  Temporals.format(Temporals.local(in.longAt(row), from, zone), from.precision()));
    };
  }
}
