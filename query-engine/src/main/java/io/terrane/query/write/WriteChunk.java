package io.terrane.query.write;

import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;

/** How many rows of a statement wait on the heap to be written together. One thread. */
final class WriteChunk {
  private static final int ROWS_MAX = 16_384;
  private static final long BYTES_MAX = 32L << 20;

  /** A value with its type and its reference, about. */
  private static final long DATUM_BYTES = 48;

  private int rows;
  private long bytes;

  void add(List<Datum> row) {
    rows++;
    for (Datum value : row) {
      bytes += DATUM_BYTES + payload(value.value());
    }
  }

  /** Whether they should be written now. */
  boolean isFull() {
    return rows >= ROWS_MAX || bytes >= BYTES_MAX;
  }

  void clear() {
    rows = 0;
    bytes = 0;
  }

  private static long payload(Object value) {
    if (value instanceof String text) {
      return 2L * text.length();
    } else if (value instanceof ByteBuffer binary) {
      return binary.remaining();
    }
    return value instanceof BigDecimal ? DATUM_BYTES : Long.BYTES;
  }
}
