package io.terrane.query.exec;

import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the key columns of a batch into byte strings whose unsigned order is the order of the rows:
 * one form for grouping, joining and sorting.
 *
 * <p>Per column: a marker for NULL or not, then the value. Integers and times are 8 bytes big
 * endian with the sign flipped; floating numbers their IEEE bits made monotonic, -0 as 0 and all
 * NaN alike; decimals 28 bytes; strings with 0 escaped as 0 255 and ended by 0 0. Descending
 * columns have their value inverted.
 */
final class KeyEncoder {
  private static final int DECIMAL_BYTES = 28;
  private static final VarHandle BIG_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final DataType[] types;
  private final boolean[] descending;
  private final boolean[] nullsFirst;
  private byte[] data = new byte[1024];
  private int size;
  private int[] starts = {0};
  private boolean[] anyNull = {};

  private KeyEncoder(DataType[] types, boolean[] descending, boolean[] nullsFirst) {
    this.types = types;
    this.descending = descending;
    this.nullsFirst = nullsFirst;
  }

  /** Ascending, NULL first. */
  static KeyEncoder of(List<DataType> types) {
    boolean[] first = new boolean[types.size()];
    Arrays.fill(first, true);
    return new KeyEncoder(types.toArray(DataType[]::new), new boolean[types.size()], first);
  }

  static KeyEncoder ordered(List<DataType> types, List<SortKey> keys) {
    boolean[] down = new boolean[keys.size()];
    boolean[] first = new boolean[keys.size()];
    for (int i = 0; i < keys.size(); i++) {
      down[i] = keys.get(i).descending();
      first[i] = keys.get(i).nullsFirst();
    }
    return new KeyEncoder(types.toArray(DataType[]::new), down, first);
  }

  /** Encodes rows, replacing what was encoded before. */
  void encode(Column[] columns, int rows) {
    encode(columns, null, rows);
  }

  /** Encodes only these rows; the first becomes row 0. */
  void encode(Column[] columns, int[] selected, int rows) {
    size = 0;
    if (starts.length <= rows) {
      starts = new int[rows + 1];
      anyNull = new boolean[rows];
    }
    for (int index = 0; index < rows; index++) {
      int row = selected == null ? index : selected[index];
      starts[index] = size;
      anyNull[index] = false;
      for (int i = 0; i < columns.length; i++) {
        room(32);
        if (columns[i].isNull(row)) {
          anyNull[index] = true;
          data[size++] = (byte) (nullsFirst[i] ? 0 : 2);
        } else {
          data[size++] = 1;
          int from = size;
          value(columns[i], types[i], row);
          if (descending[i]) {
            for (int k = from; k < size; k++) {
              data[k] = (byte) ~data[k];
            }
          }
        }
      }
    }
    starts[rows] = size;
  }

  private void value(Column column, DataType type, int row) {
    switch (column.storage()) {
      case LONG -> {
        long flip = type.kind() == DataType.Kind.UINT64 ? 0 : Long.MIN_VALUE;
        big(column.longAt(row) ^ flip);
      }
      case DOUBLE -> {
        double number = column.doubleAt(row) == 0 ? 0.0 : column.doubleAt(row);
        long bits = Double.doubleToLongBits(number);
        big(bits ^ (bits >> 63 | Long.MIN_VALUE));
      }
      case DECIMAL -> {
        BigInteger unscaled = Decimals.fit(column.decimalAt(row), type).unscaledValue();
        byte[] digits = unscaled.toByteArray();
        Arrays.fill(data, size, size + DECIMAL_BYTES, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, data, size + DECIMAL_BYTES - digits.length, digits.length);
        data[size] ^= (byte) 0x80;
        size += DECIMAL_BYTES;
      }
      case BYTES -> {
        int from = column.offsets()[row];
        int to = column.offsets()[row + 1];
        room(2 * (to - from) + 2);
        copyEscaped(column.bytes(), from, to);
        data[size++] = 0;
        data[size++] = 0;
      }
    }
  }

  private void copyEscaped(byte[] source, int from, int to) {
    byte[] target = data;
    int end = size;
    for (int i = from; i < to; i++) {
      byte each = source[i];
      target[end++] = each;
      if (each == 0) {
        target[end++] = -1;
      }
    }
    size = end;
  }

  private void big(long bits) {
    BIG_LONGS.set(data, size, bits);
    size += Long.BYTES;
  }

  private void room(int more) {
    if (size + more > data.length) {
      data = Arrays.copyOf(data, Math.max(size + more, 2 * data.length));
    }
  }

  byte[] data() {
    return data;
  }

  int start(int row) {
    return starts[row];
  }

  int end(int row) {
    return starts[row + 1];
  }

  /** Whether any key column of the row is NULL. */
  boolean hasNull(int row) {
    return anyNull[row];
  }
}
