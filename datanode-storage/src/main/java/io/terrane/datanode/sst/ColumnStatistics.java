package io.terrane.datanode.sst;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.row.RowValues;
import io.terrane.datanode.row.ValueOrder;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/**
 * Finds the least and the greatest value of a column. Each type has a loop over its plain memory,
 * the bounds of which are checked once, as every value of every file comes by here.
 */
final class ColumnStatistics {
  /** Longer values have no minimum and maximum: they would bloat the footer. */
  private static final int STATISTICS_BYTES_MAX = 128;

  private static final int OFFSET_BYTES = 4;

  private final FieldVector vector;
  private final int count;
  private final long validity;
  private final boolean nulls;

  /** Rows of the least and greatest value so far; -1 before the first. */
  private int min = -1;

  private int max = -1;

  /** The same values as numbers, where they can be had so. */
  private long least;

  private long greatest;

  private ColumnStatistics(FieldVector vector, int count) {
    this.vector = vector;
    this.count = count;
    this.nulls = vector.getNullCount() > 0;
    this.validity = address(vector.getValidityBuffer(), nulls ? (count + 7L) / 8 : 0);
  }

  /** Of the first {@code count} values, in the order of {@link ValueOrder}. */
  static ColumnRange of(FieldVector vector, int count) {
    DataType type = DataType.ofArrow(vector.getField().getType());
    ColumnStatistics statistics = new ColumnStatistics(vector, count);
    statistics.find(type);
    return new ColumnRange(
        vector.getNullCount(),
        statistic(vector, statistics.min, type),
        statistic(vector, statistics.max, type));
  }

  private static Optional<Datum> statistic(FieldVector vector, int row, DataType type) {
    return row < 0 || RowValues.length(vector, row) > STATISTICS_BYTES_MAX
        ? Optional.empty()
        : Optional.of(RowValues.read(vector, row, type));
  }

  private void find(DataType type) {
    switch (type.kind()) {
      case STRING, BINARY -> bytes();
      case FLOAT64 -> doubles();
      case FLOAT32 -> floats();
      case INT64, TIMESTAMP, TIME -> longs(0);
      case UINT64 -> longs(Long.MIN_VALUE);
      case INT32, DATE -> ints(-1);
      case UINT32 -> ints(0xffff_ffffL);
      case UINT8 -> unsignedBytes();
      case NULL, BOOLEAN, INT8, INT16, UINT16, DECIMAL -> byOrder(ValueOrder.of(type));
    }
  }

  private static long address(ArrowBuf buffer, long bytes) {
    if (bytes > buffer.capacity()) {
      throw new IndexOutOfBoundsException(bytes + " bytes of a buffer of " + buffer.capacity());
    }
    return buffer.memoryAddress();
  }

  private boolean isNull(int row) {
    return nulls && ((MemoryUtil.getByte(validity + (row >> 3)) >> (row & 7)) & 1) == 0;
  }

  private void byOrder(ValueOrder order) {
    for (int i = 0; i < count; i++) {
      if (vector.isNull(i)) {
        continue;
      }
      min = min < 0 || order.compare(vector, i, vector, min) < 0 ? i : min;
      max = max < 0 || order.compare(vector, i, vector, max) > 0 ? i : max;
    }
  }

  private void doubles() {
    long values = address(vector.getDataBuffer(), (long) count * Double.BYTES);
    for (int i = 0; i < count; i++) {
      if (!isNull(i)) {
        long bits = MemoryUtil.getLong(values + (long) i * Double.BYTES);
        take(i, ordered(Double.longBitsToDouble(bits)));
      }
    }
  }

  private void floats() {
    long values = address(vector.getDataBuffer(), (long) count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      if (!isNull(i)) {
        take(i, ordered(Float.intBitsToFloat(MemoryUtil.getInt(values + (long) i * Float.BYTES))));
      }
    }
  }

  /**
   * @param flip put over each value, so that what has no sign compares as what has one
   */
  private void longs(long flip) {
    long values = address(vector.getDataBuffer(), (long) count * Long.BYTES);
    for (int i = 0; i < count; i++) {
      if (!isNull(i)) {
        take(i, MemoryUtil.getLong(values + (long) i * Long.BYTES) ^ flip);
      }
    }
  }

  /**
   * @param mask of the bits that count: all, or those of a number without a sign
   */
  private void ints(long mask) {
    long values = address(vector.getDataBuffer(), (long) count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      if (!isNull(i)) {
        take(i, MemoryUtil.getInt(values + (long) i * Integer.BYTES) & mask);
      }
    }
  }

  private void unsignedBytes() {
    long values = address(vector.getDataBuffer(), count);
    for (int i = 0; i < count; i++) {
      if (!isNull(i)) {
        take(i, MemoryUtil.getByte(values + i) & 0xff);
      }
    }
  }

  private void take(int row, long value) {
    if (min < 0 || value < least) {
      least = value;
      min = row;
    }
    if (max < 0 || value > greatest) {
      greatest = value;
      max = row;
    }
  }

  /** As {@link Double#compare} orders. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private void bytes() {
    if (count == 0) {
      return;
    }
    long offsets = address(vector.getOffsetBuffer(), (count + 1L) * OFFSET_BYTES);
    int end = MemoryUtil.getInt(offsets + (long) count * OFFSET_BYTES);
    long values = address(vector.getDataBuffer(), end);
    int last = -1;
    for (int i = 0; i < count; i++) {
      // Neighbours are mostly equal: rows are sorted by series.
      if (isNull(i) || (last >= 0 && compare(offsets, values, last, i) == 0)) {
        continue;
      }
      last = i;
      min = min < 0 || compare(offsets, values, i, min) < 0 ? i : min;
      max = max < 0 || compare(offsets, values, i, max) > 0 ? i : max;
    }
  }

  private static int compare(long offsets, long values, int left, int right) {
    int leftStart = MemoryUtil.getInt(offsets + (long) left * OFFSET_BYTES);
    int leftLength = MemoryUtil.getInt(offsets + (left + 1L) * OFFSET_BYTES) - leftStart;
    int rightStart = MemoryUtil.getInt(offsets + (long) right * OFFSET_BYTES);
    int rightLength = MemoryUtil.getInt(offsets + (right + 1L) * OFFSET_BYTES) - rightStart;
    int common = Math.min(leftLength, rightLength);
    int done = 0;
    while (done + Long.BYTES <= common
        && MemoryUtil.getLong(values + leftStart + done)
            == MemoryUtil.getLong(values + rightStart + done)) {
      done += Long.BYTES;
    }
    for (; done < common; done++) {
      int order =
          (MemoryUtil.getByte(values + leftStart + done) & 0xff)
              - (MemoryUtil.getByte(values + rightStart + done) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftLength, rightLength);
  }
}
