package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Temporals;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Reads and writes temporal columns as wall times of the session. */
final class WallClock {
  private WallClock() {}

  /** A DATE at midnight, a TIME on the statement's day, a TIMESTAMP in the session's zone. */
  static LocalDateTime read(ExecutionContext context, Column column, int row) {
    long value = column.longAt(row);
    return switch (column.type().kind()) {
      case DATE -> LocalDate.ofEpochDay(value).atStartOfDay();
      case TIME -> today(context).atStartOfDay().plusNanos(value * 1000);
      case TIMESTAMP -> Temporals.local(value, column.type(), context.timeZone());
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
          throw new IllegalStateException("no wall time of " + column.type());
    };
  }

  /** Writes a wall time in the column's type, which may be STRING. */
  static void write(ExecutionContext context, LocalDateTime time, Column out, int row) {
    if (time.getYear() > 9999 || time.getYear() < 0) {
      out.setNull(row);
      return;
    }
    switch (out.type().kind()) {
      case DATE -> out.setLong(row, time.toLocalDate().toEpochDay());
      case TIME -> out.setLong(row, time.toLocalTime().toNanoOfDay() / 1000);
      case TIMESTAMP -> out.setLong(row, Temporals.timestamp(time, out.type(), context.timeZone()));
      case STRING -> out.setString(row, Temporals.format(time, time.getNano() == 0 ? 0 : 6));
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
          BINARY ->
          throw new IllegalStateException("no wall time as " + out.type());
    }
  }

  static LocalDate today(ExecutionContext context) {
    return LocalDate.ofInstant(context.statementTime(), context.timeZone());
  }

  /** Microseconds since midnight, or a TIME as it is. */
  static long timeMicros(ExecutionContext context, Column column, int row) {
    return column.type().kind() == DataType.Kind.TIME
        ? column.longAt(row)
        : read(context, column, row).toLocalTime().toNanoOfDay() / 1000;
  }
}
