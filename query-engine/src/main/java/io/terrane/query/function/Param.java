package io.terrane.query.function;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.CommonType;

/** What a function's parameter converts its argument to. */
public enum Param {
  /** STRING, or BINARY as it is. */
  TEXT,
  /** INT64. */
  INTEGER,
  /** FLOAT64. */
  DOUBLE,
  /** A number as it is: INT64, UINT64, FLOAT64 or a DECIMAL. */
  NUMBER,
  /** TIMESTAMP of the argument's precision, microseconds for other types. */
  TIMESTAMP,
  /** DATE. */
  DATE,
  /** TIME. */
  TIME,
  /** DATE, TIME or TIMESTAMP as it is, TIMESTAMP(6) for other types. */
  TEMPORAL,
  /** As it is. */
  ANY;

  public DataType convert(DataType argument) {
    return switch (this) {
      case TEXT -> argument.kind() == DataType.Kind.BINARY ? argument : DataType.STRING;
      case INTEGER -> DataType.INT64;
      case DOUBLE -> DataType.FLOAT64;
      case NUMBER -> number(argument);
      case TIMESTAMP ->
          argument.kind() == DataType.Kind.TIMESTAMP ? argument : DataType.TIMESTAMP_MICROS;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TEMPORAL -> CommonType.isTemporal(argument) ? argument : DataType.TIMESTAMP_MICROS;
      case ANY -> argument;
    };
  }

  /** The type that arithmetic computes in for values of {@code type}. */
  public static DataType number(DataType type) {
    if (type.kind() == DataType.Kind.DECIMAL) {
      return type;
    }
    if (type.isUnsigned()) {
      return DataType.UINT64;
    }
    return type.isFloating()
            || type.kind() == DataType.Kind.STRING
            || type.kind() == DataType.Kind.BINARY
        ? DataType.FLOAT64
        : DataType.INT64;
  }
}
