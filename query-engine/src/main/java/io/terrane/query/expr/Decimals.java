package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Exact numbers: digits of types, and values brought to a type. */
public final class Decimals {
  /** Most fraction digits that a result gets (MySQL 8.4 manual, 14.24.2). */
  static final int SCALE_MAX = 30;

  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Decimals() {}

  /** The DECIMAL that holds every value of an exact numeric type. */
  public static DataType typeOf(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> type;
      case BOOLEAN, NULL -> DataType.decimal(1, 0);
      case INT8, UINT8 -> DataType.decimal(3, 0);
      case INT16, UINT16 -> DataType.decimal(5, 0);
      case INT32, UINT32 -> DataType.decimal(10, 0);
      case INT64 -> DataType.decimal(19, 0);
      case UINT64 -> DataType.decimal(20, 0);
      case FLOAT32, FLOAT64, STRING, BINARY, DATE, TIME, TIMESTAMP -> DataType.decimal(65, 30);
    };
  }

  /** A DECIMAL with this many digits before and behind the point, cut to what is possible. */
  public static DataType ofDigits(int integerDigits, int scale) {
    int fraction = Math.min(scale, SCALE_MAX);
    int precision = Math.min(Math.max(integerDigits + fraction, 1), DataType.DECIMAL_PRECISION_MAX);
    return DataType.decimal(precision, Math.min(fraction, precision));
  }

  /** The smallest DECIMAL that holds the values of both. */
  public static DataType common(DataType left, DataType right) {
    DataType a = typeOf(left);
    DataType b = typeOf(right);
    return ofDigits(
        Math.max(a.precision() - a.scale(), b.precision() - b.scale()),
        Math.max(a.scale(), b.scale()));
  }

  /** The value with the type's scale, rounded half away from zero; NUMERIC_OVERFLOW beyond it. */
  public static BigDecimal fit(BigDecimal value, DataType type) {
    BigDecimal scaled =
        value.scale() == type.scale() ? value : value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() > type.precision() && scaled.signum() != 0) {
      throw new TerraneException(
          ErrorCode.NUMERIC_OVERFLOW,
          "DECIMAL value is out of range in '" + value.toPlainString() + "' for " + type);
    }
    return scaled;
  }

  /** The number that these 64 bits of an integer type mean. */
  public static BigDecimal ofLong(long bits, DataType type) {
    return type.kind() == DataType.Kind.UINT64 && bits < 0
        ? new BigDecimal(new BigInteger(Long.toUnsignedString(bits)))
        : BigDecimal.valueOf(bits);
  }

  /** Whether an integral value lies in UINT64. */
  static boolean isUnsignedLong(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(UNSIGNED_MAX) <= 0;
  }
}
