package io.terrane.api.table;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of values of one type, which the row key, partitions and statistics share. */
public final class Datums {
  private Datums() {}

  /**
   * Compares two values of the same type: NULL before everything, numbers by value (NaN last),
   * strings and binaries by unsigned bytes.
   */
  public static int compare(Datum left, Datum right) {
    if (left.isNull() || right.isNull()) {
      return Boolean.compare(!left.isNull(), !right.isNull());
    }
    return switch (left.type().kind()) {
      case NULL -> 0;
      case BOOLEAN -> Boolean.compare((Boolean) left.value(), (Boolean) right.value());
      case UINT64 -> Long.compareUnsigned((Long) left.value(), (Long) right.value());
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DATE, TIME, TIMESTAMP ->
          Long.compare((Long) left.value(), (Long) right.value());
      case FLOAT32, FLOAT64 -> Double.compare((Double) left.value(), (Double) right.value());
      case DECIMAL -> ((BigDecimal) left.value()).compareTo((BigDecimal) right.value());
      case STRING ->
          Arrays.compareUnsigned(
              ((String) left.value()).getBytes(StandardCharsets.UTF_8),
              ((String) right.value()).getBytes(StandardCharsets.UTF_8));
      case BINARY -> Arrays.compareUnsigned(bytes(left), bytes(right));
    };
  }

  private static byte[] bytes(Datum binary) {
    ByteBuffer view = ((ByteBuffer) binary.value()).duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
