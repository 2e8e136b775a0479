package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.CastMode;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.ConstantExpr;
import io.terrane.query.expr.Temporals;
import java.util.Optional;

/** What a column takes: conversions in MySQL's strict mode, defaults, NOT NULL. */
final class Assignment {
  private final ExecutionContext context;

  Assignment(ExecutionContext context) {
    this.context = context;
  }

  /**
   * The value as the column holds it.
   *
   * @param row for messages, from 1
   */
  Datum convert(Datum value, ColumnSchema column, long row) {
    DataType type = column.type();
    if (value.isNull()) {
      if (!column.nullable()) {
        throw new TerraneException(
            ErrorCode.NULL_NOT_ALLOWED, "Column '" + column.name() + "' cannot be null");
      }
      return Datum.ofNull(type);
    }
    if (value.type().equals(type)) {
      return value;
    }
    if (value.type().isInteger() && type.kind() == DataType.Kind.TIMESTAMP) {
      // As GreptimeDB reads it: a bare number is in the column's unit.
      return new Datum(type, value.value());
    }
    try {
      Optional<Datum> plain = PlainCasts.convert(value, type, context.timeZone());
      if (plain.isPresent()) {
        return plain.get();
      }
      Datum converted =
          Casts.compile(context, new ConstantExpr(value), type, CastMode.STRICT)
              .evaluate(Batch.ofRows(1))
              .datumAt(0);
      if (!converted.isNull()) {
        return converted;
      }
    } catch (TerraneException failure) {
      throw refused(failure.code(), value, column, row, failure);
    }
    throw refused(ErrorCode.INCORRECT_VALUE, value, column, row, null);
  }

  /** What a column gets that an INSERT leaves out. */
  Datum defaultOf(ColumnSchema column) {
    if (column.defaultValue().isPresent()) {
      ColumnDefault given = column.defaultValue().get();
      return switch (given.kind()) {
        case VALUE -> given.value();
        case CURRENT_TIMESTAMP -> now(column.type());
      };
    }
    if (!column.nullable()) {
      throw new TerraneException(
          ErrorCode.NO_DEFAULT_VALUE, "Field '" + column.name() + "' doesn't have a default value");
    }
    return Datum.ofNull(column.type());
  }

  private Datum now(DataType type) {
    Datum instant =
        new Datum(
            DataType.TIMESTAMP_MICROS,
            Temporals.timestamp(context.statementTime(), DataType.TIMESTAMP_MICROS));
    return type.equals(DataType.TIMESTAMP_MICROS)
        ? instant
        : Casts.compile(context, new ConstantExpr(instant), type, CastMode.STRICT)
            .evaluate(Batch.ofRows(1))
            .datumAt(0);
  }

  private static TerraneException refused(
      ErrorCode code, Datum value, ColumnSchema column, long row, TerraneException cause) {
    String words =
        code == ErrorCode.VALUE_OUT_OF_RANGE
            ? "Out of range value for column '" + column.name() + "' at row " + row
            : "Incorrect "
                + column.type().toString().toLowerCase(java.util.Locale.ROOT)
                + " value: '"
                + value.text()
                + "' for column '"
                + column.name()
                + "' at row "
                + row;
    return new TerraneException(code, words, cause);
  }
}
