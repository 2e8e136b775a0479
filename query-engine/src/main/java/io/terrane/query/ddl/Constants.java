package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.CastMode;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.ConstantExpr;
import io.terrane.query.expr.Temporals;

/** Converts constants of statements as an INSERT would convert them. */
final class Constants {
  private Constants() {}

  /** The statement's time. */
  static Datum now(ExecutionContext context, DataType type) {
    long micros = Temporals.timestamp(context.statementTime(), DataType.TIMESTAMP_MICROS);
    return convert(context, new Datum(DataType.TIMESTAMP_MICROS, micros), type);
  }

  static Datum convert(ExecutionContext context, Datum value, DataType type) {
    if (value.type().equals(type)) {
      return value;
    }
    if (value.type().isInteger() && type.kind() == DataType.Kind.TIMESTAMP) {
      // A bare number is in the column's unit.
      return new Datum(type, value.value());
    }
    Datum converted =
        Casts.compile(context, new ConstantExpr(value), type, CastMode.STRICT)
            .evaluate(Batch.ofRows(1))
            .datumAt(0);
    if (converted.isNull()) {
      throw new TerraneException(
          ErrorCode.INCORRECT_VALUE, "Incorrect " + type + " value: '" + value.value() + "'");
    }
    return converted;
  }
}
