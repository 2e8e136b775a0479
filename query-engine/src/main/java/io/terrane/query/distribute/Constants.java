package io.terrane.query.distribute;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;

/** Constants beside columns. */
final class Constants {
  private Constants() {}

  /**
   * {@code value} as the column's type where this changes nothing about the comparison; null where
   * it might.
   */
  static Datum exactly(Datum value, DataType column) {
    if (value.isNull()) {
      return null;
    }
    if (value.type().equals(column)) {
      return value;
    }
    boolean integers = value.type().isInteger() && column.isInteger();
    boolean isLarge =
        value.value() instanceof Long number
            && number < 0
            && (value.type().isUnsigned() || column.isUnsigned());
    return integers && !isLarge ? new Datum(column, value.value()) : null;
  }
}
