package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import io.terrane.api.table.DataType.Kind;

/**
 * The type in which values of two types meet (MySQL 8.4 manual, 14.3 "Type Conversion in Expression
 * Evaluation"; a number next to a timestamp counts its units).
 */
public final class CommonType {
  private CommonType() {}

  /** In which values are compared: texts beside numbers as FLOAT64, beside dates as dates. */
  public static DataType toCompare(DataType left, DataType right) {
    if (left.equals(right)) {
      return left;
    }
    if (left.kind() == Kind.NULL || right.kind() == Kind.NULL) {
      return left.kind() == Kind.NULL ? right : left;
    }
    if (isTemporal(left) || isTemporal(right)) {
      return temporal(left, right);
    }
    if (isText(left) && isText(right)) {
      return DataType.BINARY;
    }
    if (isText(left) || isText(right) || left.isFloating() || right.isFloating()) {
      return DataType.FLOAT64;
    }
    return exact(left, right);
  }

  /** Which type CASE, COALESCE, UNION and the like give: texts beside anything else win. */
  public static DataType toUnite(DataType left, DataType right) {
    if (left.equals(right)) {
      return left;
    }
    if (left.kind() == Kind.NULL || right.kind() == Kind.NULL) {
      return left.kind() == Kind.NULL ? right : left;
    }
    if (isText(left) || isText(right)) {
      return left.kind() == Kind.BINARY || right.kind() == Kind.BINARY
          ? DataType.BINARY
          : DataType.STRING;
    }
    if (isTemporal(left) != isTemporal(right)) {
      return DataType.STRING;
    }
    if (isTemporal(left)) {
      return temporal(left, right);
    }
    if (left.isFloating() || right.isFloating()) {
      return DataType.FLOAT64;
    }
    return exact(left, right);
  }

  private static DataType temporal(DataType left, DataType right) {
    if (left.kind() == right.kind()) {
      return left.precision() >= right.precision() ? left : right;
    }
    if (left.kind() == Kind.TIMESTAMP || right.kind() == Kind.TIMESTAMP) {
      DataType timestamp = left.kind() == Kind.TIMESTAMP ? left : right;
      DataType other = left.kind() == Kind.TIMESTAMP ? right : left;
      boolean finerText = isText(other) || other.kind() == Kind.TIME;
      return finerText && timestamp.precision() < 6 ? DataType.TIMESTAMP_MICROS : timestamp;
    }
    if (isTemporal(left) && isTemporal(right)) {
      return DataType.TIMESTAMP_MICROS;
    }
    DataType temporal = isTemporal(left) ? left : right;
    DataType other = isTemporal(left) ? right : left;
    return temporal.kind() == Kind.DATE && isText(other) ? DataType.TIMESTAMP_MICROS : temporal;
  }

  private static DataType exact(DataType left, DataType right) {
    if (left.kind() == Kind.DECIMAL || right.kind() == Kind.DECIMAL) {
      return Decimals.common(left, right);
    }
    if (left.kind() == Kind.UINT64 || right.kind() == Kind.UINT64) {
      DataType other = left.kind() == Kind.UINT64 ? right : left;
      boolean neverNegative = other.isUnsigned() || other.kind() == Kind.BOOLEAN;
      return neverNegative ? DataType.UINT64 : DataType.decimal(20, 0);
    }
    return DataType.INT64;
  }

  static boolean isText(DataType type) {
    return type.kind() == Kind.STRING || type.kind() == Kind.BINARY;
  }

  public static boolean isTemporal(DataType type) {
    return type.kind() == Kind.DATE || type.kind() == Kind.TIME || type.kind() == Kind.TIMESTAMP;
  }
}
