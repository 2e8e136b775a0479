package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import java.math.BigDecimal;
import java.util.Arrays;

/** One value per group, or none; and whether that value is NULL. */
final class ValueStates {
  private final Column.Storage storage;
  private byte[] present = {};
  private long[] longs = {};
  private double[] doubles = {};
  private BigDecimal[] decimals = {};
  private byte[][] texts = {};
  private long textBytes;

  private static final byte NULL_VALUE = 1;
  private static final byte VALUE = 2;

  ValueStates(DataType type) {
    storage = Column.Storage.of(type);
  }

  void grow(int groups) {
    if (present.length >= groups) {
      return;
    }
    int size = Math.max(groups, 2 * present.length);
    present = Arrays.copyOf(present, size);
    switch (storage) {
      case LONG -> longs = Arrays.copyOf(longs, size);
      case DOUBLE -> doubles = Arrays.copyOf(doubles, size);
      case DECIMAL -> decimals = Arrays.copyOf(decimals, size);
      case BYTES -> texts = Arrays.copyOf(texts, size);
    }
  }

  /** Whether a value, NULL or not, was set. */
  boolean isSet(int group) {
    return present[group] != 0;
  }

  boolean hasValue(int group) {
    return present[group] == VALUE;
  }

  void set(int group, Column from, int row) {
    if (from.isNull(row)) {
      present[group] = NULL_VALUE;
      return;
    }
    present[group] = VALUE;
    switch (storage) {
      case LONG -> longs[group] = from.longAt(row);
      case DOUBLE -> doubles[group] = from.doubleAt(row);
      case DECIMAL -> decimals[group] = from.decimalAt(row);
      case BYTES -> {
        textBytes -= texts[group] == null ? 0 : texts[group].length;
        texts[group] = from.bytesAt(row);
        textBytes += texts[group].length;
      }
    }
  }

  /** The order of a row's value, not NULL, against the group's. */
  int compare(Column from, int row, int group) {
    return switch (storage) {
      case LONG ->
          from.type().kind() == DataType.Kind.UINT64
              ? Long.compareUnsigned(from.longAt(row), longs[group])
              : Long.compare(from.longAt(row), longs[group]);
      case DOUBLE -> Double.compare(from.doubleAt(row), doubles[group]);
      case DECIMAL -> from.decimalAt(row).compareTo(decimals[group]);
      case BYTES ->
          Arrays.compareUnsigned(
              from.bytes(),
              from.offsets()[row],
              from.offsets()[row + 1],
              texts[group],
              0,
              texts[group].length);
    };
  }

  void write(int group, Column out, int row) {
    if (present[group] != VALUE) {
      out.setNull(row);
      return;
    }
    switch (storage) {
      case LONG -> out.setLong(row, longs[group]);
      case DOUBLE -> out.setDouble(row, doubles[group]);
      case DECIMAL -> out.setDecimal(row, decimals[group]);
      case BYTES -> out.setBytes(row, texts[group]);
    }
  }

  long heapBytes() {
    return 17L * present.length + textBytes;
  }
}
