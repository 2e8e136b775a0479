package io.terrane.api.table;

import java.util.Objects;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A column's type, and the one place that knows its Arrow form.
 *
 * <p>{@code precision} and {@code scale} are decimal digits for {@link Kind#DECIMAL}; for {@link
 * Kind#TIMESTAMP} and {@link Kind#TIME} {@code precision} is the number of fraction digits (0, 3, 6
 * or 9; TIME always 6); otherwise both are 0. Arrow forms: BOOLEAN Bool, INTn/UINTn Int(n), FLOAT32
 * and FLOAT64 FloatingPoint, DECIMAL Decimal128 (up to 38 digits) or Decimal256 (up to 65), STRING
 * Utf8, BINARY Binary, DATE Date(DAY), TIME Time(MICROSECOND, 64), TIMESTAMP Timestamp(unit, no
 * zone) in UTC, NULL Null.
 */
public record DataType(Kind kind, int precision, int scale) {
  /** The families. The names are persisted. */
  public enum Kind {
    NULL,
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
    BINARY,
    DATE,
    TIME,
    TIMESTAMP
  }

  public static final int DECIMAL_PRECISION_MAX = 65;

  public static final DataType NULL = new DataType(Kind.NULL, 0, 0);
  public static final DataType BOOLEAN = new DataType(Kind.BOOLEAN, 0, 0);
  public static final DataType INT8 = new DataType(Kind.INT8, 0, 0);
  public static final DataType INT16 = new DataType(Kind.INT16, 0, 0);
  public static final DataType INT32 = new DataType(Kind.INT32, 0, 0);
  public static final DataType INT64 = new DataType(Kind.INT64, 0, 0);
  public static final DataType UINT8 = new DataType(Kind.UINT8, 0, 0);
  public static final DataType UINT16 = new DataType(Kind.UINT16, 0, 0);
  public static final DataType UINT32 = new DataType(Kind.UINT32, 0, 0);
  public static final DataType UINT64 = new DataType(Kind.UINT64, 0, 0);
  public static final DataType FLOAT32 = new DataType(Kind.FLOAT32, 0, 0);
  public static final DataType FLOAT64 = new DataType(Kind.FLOAT64, 0, 0);
  public static final DataType STRING = new DataType(Kind.STRING, 0, 0);
  public static final DataType BINARY = new DataType(Kind.BINARY, 0, 0);
  public static final DataType DATE = new DataType(Kind.DATE, 0, 0);
  public static final DataType TIME = new DataType(Kind.TIME, 6, 0);
  public static final DataType TIMESTAMP_SECOND = new DataType(Kind.TIMESTAMP, 0, 0);
  public static final DataType TIMESTAMP_MILLIS = new DataType(Kind.TIMESTAMP, 3, 0);
  public static final DataType TIMESTAMP_MICROS = new DataType(Kind.TIMESTAMP, 6, 0);
  public static final DataType TIMESTAMP_NANOS = new DataType(Kind.TIMESTAMP, 9, 0);

  public DataType {
    Objects.requireNonNull(kind, "kind");
    boolean valid =
        switch (kind) {
          case DECIMAL ->
              precision >= 1
                  && precision <= DECIMAL_PRECISION_MAX
                  && scale >= 0
                  && scale <= precision;
          case TIMESTAMP ->
              (precision == 0 || precision == 3 || precision == 6 || precision == 9) && scale == 0;
          case TIME -> precision == 6 && scale == 0;
          default -> precision == 0 && scale == 0;
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "invalid type " + kind + "(" + precision + ", " + scale + ")");
    }
  }

  public static DataType decimal(int precision, int scale) {
    return new DataType(Kind.DECIMAL, precision, scale);
  }

  /** A timestamp with 0, 3, 6 or 9 fraction digits. */
  public static DataType timestamp(int fractionDigits) {
    return new DataType(Kind.TIMESTAMP, fractionDigits, 0);
  }

  public boolean isInteger() {
    return kind.compareTo(Kind.INT8) >= 0 && kind.compareTo(Kind.UINT64) <= 0;
  }

  public boolean isUnsigned() {
    return kind.compareTo(Kind.UINT8) >= 0 && kind.compareTo(Kind.UINT64) <= 0;
  }

  public boolean isFloating() {
    return kind == Kind.FLOAT32 || kind == Kind.FLOAT64;
  }

  public boolean isNumeric() {
    return isInteger() || isFloating() || kind == Kind.DECIMAL;
  }

  /** Units of a timestamp's long per second: 1, 1e3, 1e6 or 1e9. */
  public long unitsPerSecond() {
    return switch (precision) {
      case 3 -> 1_000L;
      case 6 -> 1_000_000L;
      case 9 -> 1_000_000_000L;
      default -> 1L;
    };
  }

  public ArrowType arrowType() {
    return switch (kind) {
      case NULL -> ArrowType.Null.INSTANCE;
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INT8 -> new ArrowType.Int(8, true);
      case INT16 -> new ArrowType.Int(16, true);
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case UINT8 -> new ArrowType.Int(8, false);
      case UINT16 -> new ArrowType.Int(16, false);
      case UINT32 -> new ArrowType.Int(32, false);
      case UINT64 -> new ArrowType.Int(64, false);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DECIMAL -> new ArrowType.Decimal(precision, scale, precision <= 38 ? 128 : 256);
      case STRING -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP ->
          new ArrowType.Timestamp(
              switch (precision) {
                case 0 -> TimeUnit.SECOND;
                case 3 -> TimeUnit.MILLISECOND;
                case 6 -> TimeUnit.MICROSECOND;
                default -> TimeUnit.NANOSECOND;
              },
              null);
    };
  }

  /** An Arrow field of this type. */
  public Field arrowField(String name, boolean nullable) {
    return new Field(name, new FieldType(nullable, arrowType(), null), null);
  }

  /** The type whose Arrow form is {@code type}; an IllegalArgumentException if none has it. */
  public static DataType ofArrow(ArrowType type) {
    if (type instanceof ArrowType.Null) {
      return NULL;
    } else if (type instanceof ArrowType.Bool) {
      return BOOLEAN;
    } else if (type instanceof ArrowType.Int integer) {
      return ofInteger(integer);
    } else if (type instanceof ArrowType.FloatingPoint floating) {
      return floating.getPrecision() == FloatingPointPrecision.SINGLE ? FLOAT32 : FLOAT64;
    } else if (type instanceof ArrowType.Decimal decimal) {
      return decimal(decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof ArrowType.Utf8) {
      return STRING;
    } else if (type instanceof ArrowType.Binary) {
      return BINARY;
    } else if (type instanceof ArrowType.Date) {
      return DATE;
    } else if (type instanceof ArrowType.Time) {
      return TIME;
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp(
          switch (timestamp.getUnit()) {
            case SECOND -> 0;
            case MILLISECOND -> 3;
            case MICROSECOND -> 6;
            case NANOSECOND -> 9;
          });
    }
    throw new IllegalArgumentException("no column type has the Arrow form " + type);
  }

  private static DataType ofInteger(ArrowType.Int type) {
    return switch (type.getBitWidth()) {
      case 8 -> type.getIsSigned() ? INT8 : UINT8;
      case 16 -> type.getIsSigned() ? INT16 : UINT16;
      case 32 -> type.getIsSigned() ? INT32 : UINT32;
      default -> type.getIsSigned() ? INT64 : UINT64;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
      case TIMESTAMP -> "TIMESTAMP(" + precision + ")";
      default -> kind.name();
    };
  }
}
