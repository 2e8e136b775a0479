package io.terrane.datanode.row;

import io.terrane.api.table.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt8Vector;

/**
 * One key column of some rows as numbers that are ordered as {@link ValueOrder} orders the values,
 * of as few bits as their range asks for.
 */
final class KeyRanks {
  private final long[] ranks;
  private long highest;

  private KeyRanks(long[] ranks, long highest) {
    this.ranks = ranks;
    this.highest = highest;
  }

  /**
   * Of all rows of some batches, one batch behind the other; nothing for a type that has no
   * numbers.
   *
   * @param place of the column in each batch
   * @param rows of all batches together
   */
  static Optional<KeyRanks> of(
      DataType type, int place, List<FieldVector[]> batches, int[] counts, int rows) {
    return switch (type.kind()) {
      case NULL -> Optional.of(new KeyRanks(new long[rows], 0));
      case STRING, BINARY -> Optional.of(ofBytes(place, batches, counts, rows));
      case DECIMAL -> Optional.empty();
      case BOOLEAN,
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
          DATE,
          TIME,
          TIMESTAMP ->
          ofNumbers(type, place, batches, counts, rows);
    };
  }

  private static KeyRanks ofBytes(int place, List<FieldVector[]> batches, int[] counts, int rows) {
    DistinctBytes distinct = new DistinctBytes();
    long[] ranks = new long[rows];
    int at = 0;
    for (int b = 0; b < counts.length; b++) {
      at = distinct.number(batches.get(b)[place], counts[b], ranks, at);
    }
    int[] order = distinct.ranks();
    for (int i = 0; i < rows; i++) {
      ranks[i] = ranks[i] < 0 ? 0 : order[(int) ranks[i]] + 1L;
    }
    return new KeyRanks(ranks, order.length);
  }

  private static Optional<KeyRanks> ofNumbers(
      DataType type, int place, List<FieldVector[]> batches, int[] counts, int rows) {
    long[] values = new long[rows];
    boolean nulls = false;
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    int at = 0;
    for (int b = 0; b < counts.length; b++) {
      FieldVector vector = batches.get(b)[place];
      for (int i = 0; i < counts[b]; i++) {
        boolean isNull = vector.isNull(i);
        nulls |= isNull;
        long value = isNull ? 0 : ordered(type, vector, i);
        values[at++] = value;
        lowest = isNull ? lowest : Math.min(lowest, value);
        highest = isNull ? highest : Math.max(highest, value);
      }
    }
    if (lowest > highest) {
      return Optional.of(new KeyRanks(new long[rows], 0));
    }
    long range = highest - lowest + 1; // wraps where it has more than 63 bits
    if (range <= 0) {
      return Optional.empty();
    }
    at = 0;
    for (int b = 0; b < counts.length; b++) {
      FieldVector vector = batches.get(b)[place];
      for (int i = 0; i < counts[b]; i++, at++) {
        values[at] = nulls && vector.isNull(i) ? 0 : values[at] - lowest + 1;
      }
    }
    return Optional.of(new KeyRanks(values, range));
  }

  /** A number that compares, signed, as the value does. */
  private static long ordered(DataType type, FieldVector vector, int row) {
    return switch (type.kind()) {
      case BOOLEAN -> ((BitVector) vector).get(row);
      case UINT64 -> ((UInt8Vector) vector).get(row) ^ Long.MIN_VALUE;
      case FLOAT32 -> ordered(((Float4Vector) vector).get(row));
      case FLOAT64 -> ordered(((Float8Vector) vector).get(row));
      case NULL,
          INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          DECIMAL,
          STRING,
          BINARY,
          DATE,
          TIME,
          TIMESTAMP ->
          ValueOrder.longAt(vector, row);
    };
  }

  /** As {@link Double#compare} orders. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** Bits that every rank fits in. */
  int bits() {
    return Long.SIZE - Long.numberOfLeadingZeros(highest);
  }

  long rank(int row) {
    return ranks[row];
  }

  /** Numbers the values without gaps, for as few bits as their count asks for. */
  void condense() {
    long[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = Arrays.binarySearch(sorted, 0, distinct, ranks[i]);
    }
    highest = Math.max(0, distinct - 1);
  }
}
