package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts.Converter;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Conversions to dates and times. A number becomes a TIMESTAMP by its unit since 1970, and a DATE
 * or TIME by its digits (20240131, 103000).
 */
final class TemporalCasts {
  private TemporalCasts() {}

  static Converter toDate(DataType from, CastMode mode, ExecutionContext context) {
    ZoneId zone = context.timeZone();
    return switch (from.kind()) {
      case DATE -> (in, row, out) -> out.setLong(row, in.longAt(row));
      case TIMESTAMP ->
          (in, row, out) ->
              out.setLong(
                  row, Temporals.local(in.longAt(row), from, zone).toLocalDate().toEpochDay());
      case TIME -> (in, row, out) -> out.setLong(row, today(context).toEpochDay());
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
          (in, row, out) -> {
            String text = text(in, row);
            LocalDateTime parsed = Temporals.parseDateTime(text, zone);
            if (parsed == null) {
              Casts.refuse(mode, ErrorCode.INCORRECT_TIME_VALUE, "DATE", text, out, row);
            } else {
              out.setLong(row, parsed.toLocalDate().toEpochDay());
            }
          };
    };
  }

  static Converter toTime(DataType from, CastMode mode, ExecutionContext context) {
    ZoneId zone = context.timeZone();
    return switch (from.kind()) {
      case TIME -> (in, row, out) -> out.setLong(row, in.longAt(row));
      case DATE -> (in, row, out) -> out.setLong(row, 0);
      case TIMESTAMP ->
          (in, row, out) ->
              out.setLong(
                  row,
                  Temporals.local(in.longAt(row), from, zone).toLocalTime().toNanoOfDay() / 1000);
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
          (in, row, out) -> {
            String text = text(in, row);
            Long micros = Temporals.parseTime(text);
            if (micros == null) {
              Casts.refuse(mode, ErrorCode.INCORRECT_TIME_VALUE, "TIME", text, out, row);
            } else {
              out.setLong(row, micros);
            }
          };
    };
  }

  static Converter toTimestamp(
      DataType from, DataType to, CastMode mode, ExecutionContext context) {
    ZoneId zone = context.timeZone();
    return switch (from.kind()) {
      case TIMESTAMP ->
          (in, row, out) -> out.setLong(row, Temporals.rescale(in.longAt(row), from, to));
      case DATE ->
          (in, row, out) ->
              out.setLong(
                  row,
                  Temporals.timestamp(
                      LocalDate.ofEpochDay(in.longAt(row)).atStartOfDay(), to, zone));
      case TIME ->
          (in, row, out) ->
              out.setLong(
                  row,
                  Temporals.timestamp(
                      today(context).atStartOfDay().plusNanos(in.longAt(row) * 1000), to, zone));
      case NULL, BOOLEAN, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          (in, row, out) -> out.setLong(row, in.longAt(row));
      case FLOAT32, FLOAT64 -> (in, row, out) -> out.setLong(row, Math.round(in.doubleAt(row)));
      case DECIMAL ->
          (in, row, out) ->
              out.setLong(row, in.decimalAt(row).setScale(0, RoundingMode.HALF_UP).longValue());
      case STRING, BINARY ->
          (in, row, out) -> {
            String text = in.stringAt(row);
            LocalDateTime parsed = Temporals.parseDateTime(text, zone);
            if (parsed == null) {
              Casts.refuse(mode, ErrorCode.INCORRECT_TIME_VALUE, "DATETIME", text, out, row);
            } else {
              out.setLong(row, Temporals.timestamp(parsed, to, zone));
            }
          };
    };
  }

  private static LocalDate today(ExecutionContext context) {
    return LocalDate.ofInstant(context.statementTime(), context.timeZone());
  }

  private static String text(Column in, int row) {
    return switch (in.storage()) {
      case LONG -> Long.toString(in.longAt(row));
      case DOUBLE -> NumberText.of(in.doubleAt(row));
      case DECIMAL -> in.decimalAt(row).toPlainString();
      case BYTES -> in.stringAt(row);
    };
  }
}
