package io.terrane.api.table;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;

/**
 * One value and its type: a literal, a parameter, a partition bound, a default, a minimum.
 *
 * <p>Java form of {@code value} by type: BOOLEAN Boolean; every integer type Long (UINT64 as its
 * bits); FLOAT32 and FLOAT64 Double; DECIMAL BigDecimal of the type's scale; STRING String; BINARY
 * read-only ByteBuffer; DATE Long, days since 1970; TIME Long, microseconds since midnight (may be
 * negative or beyond a day); TIMESTAMP Long in the type's unit since 1970 UTC; NULL of any type
 * null.
 */
public record Datum(DataType type, Object value) {
  public static final Datum NULL = new Datum(DataType.NULL, null);

  public Datum {
    Objects.requireNonNull(type, "type");
    Class<?> form =
        switch (type.kind()) {
          case NULL -> Void.class;
          case BOOLEAN -> Boolean.class;
          case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE, TIME, TIMESTAMP ->
              Long.class;
          case FLOAT32, FLOAT64 -> Double.class;
          case DECIMAL -> BigDecimal.class;
          case STRING -> String.class;
          case BINARY -> ByteBuffer.class;
        };
    if (value != null && !form.isInstance(value)) {
      throw new IllegalArgumentException(
          "a " + type + " is held as " + form.getSimpleName() + ", not as " + value.getClass());
    }
  }

  public static Datum ofNull(DataType type) {
    return new Datum(type, null);
  }

  public static Datum of(boolean value) {
    return new Datum(DataType.BOOLEAN, value);
  }

  public static Datum of(long value) {
    return new Datum(DataType.INT64, value);
  }

  public static Datum of(double value) {
    return new Datum(DataType.FLOAT64, value);
  }

  public static Datum of(String value) {
    return new Datum(DataType.STRING, value);
  }

  /** Copies the bytes. */
  public static Datum ofBytes(byte[] value) {
    return new Datum(DataType.BINARY, ByteBuffer.wrap(value.clone()).asReadOnlyBuffer());
  }

  public boolean isNull() {
    return value == null;
  }

  /**
   * A text that {@link #parse} turns back into this value; null for NULL. Used in stored records.
   */
  public String text() {
    if (value == null) {
      return null;
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return Base64.getEncoder().encodeToString(copy);
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** The value as people write it, times in UTC and bytes in hexadecimal; null for NULL. */
  public String display() {
    return DatumText.of(this);
  }

  /** The inverse of {@link #text()}. */
  public static Datum parse(DataType type, String text) {
    if (text == null) {
      return new Datum(type, null);
    }
    Object value =
        switch (type.kind()) {
          case NULL -> null;
          case BOOLEAN -> Boolean.valueOf(text);
          case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE, TIME, TIMESTAMP ->
              Long.valueOf(text);
          case FLOAT32, FLOAT64 -> Double.valueOf(text);
          case DECIMAL -> new BigDecimal(text).setScale(type.scale());
          case STRING -> text;
          case BINARY -> ByteBuffer.wrap(Base64.getDecoder().decode(text)).asReadOnlyBuffer();
        };
    return new Datum(type, value);
  }
}
