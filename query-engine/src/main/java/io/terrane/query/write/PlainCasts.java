package io.terrane.query.write;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.Temporals;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Conversions of single values that are plain: they lose nothing, and the value is written as one
 * would write it first. What {@code Casts} makes of the same value is the same; here no expression
 * is compiled for it, which counts where every cell of a file or of a prepared batch comes by.
 */
final class PlainCasts {
  private static final int EXACT_DIGITS_MAX = 18;
  private static final int DOUBLE_DIGITS_MAX = 15;
  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private PlainCasts() {}

  /**
   * The value, which is no NULL, in the type; empty if that is not plain.
   *
   * @param zone in which texts mean times
   */
  static Optional<Datum> convert(Datum value, DataType type, ZoneId zone) {
    return switch (value.type().kind()) {
      case STRING -> ofText((String) value.value(), type, zone);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> ofLong((Long) value.value(), type);
      case UINT64 ->
          (Long) value.value() < 0 ? Optional.empty() : ofLong((Long) value.value(), type);
      case TIMESTAMP -> ofTimestamp((Long) value.value(), value.type(), type);
      case NULL, BOOLEAN, FLOAT32, FLOAT64, DECIMAL, BINARY, DATE, TIME -> Optional.empty();
    };
  }

  private static Optional<Datum> ofLong(long value, DataType type) {
    return switch (type.kind()) {
      case INT8 -> exact(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
      case INT16 -> exact(value, Short.MIN_VALUE, Short.MAX_VALUE, type);
      case INT32 -> exact(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
      case INT64 -> Optional.of(new Datum(type, value));
      case UINT8 -> exact(value, 0, 0xff, type);
      case UINT16 -> exact(value, 0, 0xffff, type);
      case UINT32 -> exact(value, 0, 0xffff_ffffL, type);
      case UINT64 -> exact(value, 0, Long.MAX_VALUE, type);
      case FLOAT64 -> Optional.of(new Datum(type, (double) value));
      case NULL, BOOLEAN, FLOAT32, DECIMAL, STRING, BINARY, DATE, TIME, TIMESTAMP ->
          Optional.empty();
    };
  }

  private static Optional<Datum> exact(long value, long min, long max, DataType type) {
    return value < min || value > max ? Optional.empty() : Optional.of(new Datum(type, value));
  }

  private static Optional<Datum> ofTimestamp(long ticks, DataType from, DataType to) {
    if (to.kind() != DataType.Kind.TIMESTAMP) {
      return Optional.empty();
    }
    long scaled = Temporals.rescale(ticks, from, to);
    boolean exact = Temporals.rescale(scaled, to, from) == ticks;
    return exact ? Optional.of(new Datum(to, scaled)) : Optional.empty();
  }

  private static Optional<Datum> ofText(String text, DataType type, ZoneId zone) {
    return switch (type.kind()) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          scale(text) == 0 ? ofLong(Long.parseLong(text), type) : Optional.empty();
      case FLOAT64 -> ofDecimal(text, type);
      case TIMESTAMP -> {
        LocalDateTime local = Temporals.parseDateTime(text, zone);
        yield local == null
            ? Optional.empty()
            : Optional.of(new Datum(type, Temporals.timestamp(local, type, zone)));
      }
      case NULL, BOOLEAN, FLOAT32, DECIMAL, STRING, BINARY, DATE, TIME -> Optional.empty();
    };
  }

  /** Digits behind the point of a plain number, -1 if the text is none or is long. */
  private static int scale(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = -1;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > start) {
        point = i;
      } else if (c < '0' || c > '9') {
        return -1;
      }
    }
    int digits = text.length() - start - (point < 0 ? 0 : 1);
    boolean plain = digits > 0 && digits <= EXACT_DIGITS_MAX && point != text.length() - 1;
    return !plain ? -1 : point < 0 ? 0 : text.length() - 1 - point;
  }

  private static Optional<Datum> ofDecimal(String text, DataType type) {
    int scale = scale(text);
    if (scale < 0 || text.length() > DOUBLE_DIGITS_MAX || text.startsWith("-0")) {
      return Optional.empty();
    }
    long mantissa = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      mantissa = c >= '0' && c <= '9' ? mantissa * 10 + c - '0' : mantissa;
    }
    // Both are exact, so their quotient is the nearest double.
    double value = mantissa / POWERS_OF_TEN[scale];
    return Optional.of(new Datum(type, text.startsWith("-") ? -value : value));
  }
}
