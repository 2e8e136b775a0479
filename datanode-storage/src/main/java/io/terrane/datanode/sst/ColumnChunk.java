package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Optional;

/**
 * One column of one batch of a file: what is in it, and where it lies.
 *
 * @param buffers bytes of each compressed buffer, in Arrow's order
 * @param crc CRC-32C of all of them, what aligns them included
 */
record ColumnChunk(ColumnRange range, List<Integer> buffers, int crc) {
  private static final int ALIGNMENT = 8;

  ColumnChunk {
    buffers = List.copyOf(buffers);
  }

  /** Bytes of the buffers as they lie one behind the other. */
  int length() {
    return buffers.stream().mapToInt(ColumnChunk::aligned).sum();
  }

  static int aligned(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The value of all {@code rows} rows, if the statistics tell it without a doubt. */
  Optional<Datum> constant(int rows) {
    if (range.nulls() == rows) {
      return Optional.of(Datum.NULL);
    }
    return range
        .min()
        .filter(min -> range.nulls() == 0 && isTold(min) && range.max().equals(range.min()));
  }

  /** Numbers with a point have values that look alike as texts and are not. */
  private static boolean isTold(Datum value) {
    return switch (value.type().kind()) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, STRING -> true;
      case NULL, BOOLEAN, FLOAT32, FLOAT64, DECIMAL, BINARY, DATE, TIME, TIMESTAMP -> false;
    };
  }
}
