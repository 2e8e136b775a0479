package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import java.math.BigDecimal;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Moves columns between Arrow vectors and registers. Addresses are read raw after one check of the
 * buffer's size for the whole batch, so that the loops stay free of bounds checks.
 */
public final class ArrowColumns {
  private ArrowColumns() {}

  /** Reads the first {@code rows} rows of {@code vector} into {@code column}. */
  public static void read(FieldVector vector, int rows, Column column) {
    column.reset(rows);
    if (rows == 0) {
      return;
    }
    if (column.type().kind() == DataType.Kind.NULL) {
      for (int i = 0; i < rows; i++) {
        column.setNull(i);
      }
      return;
    }
    switch (column.storage()) {
      case LONG -> readLongs(vector, rows, column);
      case DOUBLE -> readDoubles(vector, rows, column);
      case DECIMAL -> readDecimals(vector, rows, column);
      case BYTES -> readBytes((BaseVariableWidthVector) vector, rows, column);
    }
    if (vector.getNullCount() > 0) {
      readNulls(vector.getValidityBuffer(), rows, column);
    }
  }

  private static void readNulls(ArrowBuf validity, int rows, Column column) {
    boolean any = false;
    boolean[] nulls = column.nulls();
    long at = address(validity, (rows + 7) >> 3);
    for (int i = 0; i < rows; i++) {
      boolean isNull = (MemoryUtil.getByte(at + (i >> 3)) >> (i & 7) & 1) == 0;
      nulls[i] = isNull;
      any |= isNull;
    }
    if (any) {
      column.markNulls();
    }
  }

  private static long address(ArrowBuf buffer, long bytes) {
    buffer.checkBytes(0, bytes);
    return buffer.memoryAddress();
  }

  private static void readLongs(FieldVector vector, int rows, Column column) {
    long[] to = column.longs();
    ArrowBuf data = vector.getDataBuffer();
    switch (column.type().kind()) {
      case BOOLEAN -> {
        for (int i = 0; i < rows; i++) {
          to[i] = data.getByte(i >> 3) >> (i & 7) & 1;
        }
      }
      case INT8, UINT8 -> {
        long mask = column.type().isUnsigned() ? 0xff : -1;
        long at = address(data, rows);
        for (int i = 0; i < rows; i++) {
          to[i] = MemoryUtil.getByte(at + i) & mask;
        }
      }
      case INT16, UINT16 -> {
        long mask = column.type().isUnsigned() ? 0xffff : -1;
        long at = address(data, 2L * rows);
        for (int i = 0; i < rows; i++) {
          to[i] = MemoryUtil.getShort(at + 2L * i) & mask;
        }
      }
      case INT32, DATE, UINT32 -> {
        long mask = column.type().isUnsigned() ? 0xffffffffL : -1;
        long at = address(data, 4L * rows);
        for (int i = 0; i < rows; i++) {
          to[i] = MemoryUtil.getInt(at + 4L * i) & mask;
        }
      }
      case INT64, UINT64, TIME, TIMESTAMP -> {
        long at = address(data, 8L * rows);
        for (int i = 0; i < rows; i++) {
          to[i] = MemoryUtil.getLong(at + 8L * i);
        }
      }
      case NULL, FLOAT32, FLOAT64, DECIMAL, STRING, BINARY ->
          throw new IllegalStateException("no long form of " + column.type());
    }
  }

  private static void readDoubles(FieldVector vector, int rows, Column column) {
    double[] to = column.doubles();
    if (column.type().kind() == DataType.Kind.FLOAT64) {
      long at = address(vector.getDataBuffer(), 8L * rows);
      for (int i = 0; i < rows; i++) {
        to[i] = Double.longBitsToDouble(MemoryUtil.getLong(at + 8L * i));
      }
    } else {
      long at = address(vector.getDataBuffer(), 4L * rows);
      for (int i = 0; i < rows; i++) {
        to[i] = Float.intBitsToFloat(MemoryUtil.getInt(at + 4L * i));
      }
    }
  }

  private static void readDecimals(FieldVector vector, int rows, Column column) {
    BigDecimal[] to = column.decimals();
    for (int i = 0; i < rows; i++) {
      to[i] = (BigDecimal) vector.getObject(i);
    }
  }

  private static void readBytes(BaseVariableWidthVector vector, int rows, Column column) {
    ArrowBuf from = vector.getOffsetBuffer();
    int first = from.getInt(0);
    int[] offsets = column.offsets();
    long at = address(from, 4L * (rows + 1));
    for (int i = 0; i <= rows; i++) {
      offsets[i] = MemoryUtil.getInt(at + 4L * i) - first;
    }
    column.roomForBytes(offsets[rows]);
    vector.getDataBuffer().getBytes(first, column.bytes(), 0, offsets[rows]);
  }

  /** Replaces the content of {@code vector} by the column's rows. */
  public static void write(Column column, FieldVector vector) {
    int rows = column.rows();
    if (column.type().kind() == DataType.Kind.NULL) {
      vector.setValueCount(rows);
      return;
    }
    switch (column.storage()) {
      case LONG -> writeLongs(column, (BaseFixedWidthVector) vector);
      case DOUBLE -> writeDoubles(column, (BaseFixedWidthVector) vector);
      case DECIMAL -> writeDecimals(column, vector);
      case BYTES -> writeBytes(column, (BaseVariableWidthVector) vector);
    }
    vector.setValueCount(rows);
  }

  private static void writeValidity(Column column, ArrowBuf validity) {
    int rows = column.rows();
    boolean[] nulls = column.nulls();
    for (int i = 0; i < rows; i += 8) {
      int bits = 0xff;
      if (column.hasNulls()) {
        bits = 0;
        for (int k = 0; k < 8 && i + k < rows; k++) {
          bits |= nulls[i + k] ? 0 : 1 << k;
        }
      }
      validity.setByte(i >> 3, bits);
    }
  }

  private static void writeLongs(Column column, BaseFixedWidthVector vector) {
    int rows = column.rows();
    vector.allocateNew(rows);
    long[] from = column.longs();
    ArrowBuf data = vector.getDataBuffer();
    if (vector instanceof BitVector) {
      for (int i = 0; i < rows; i += 8) {
        int bits = 0;
        for (int k = 0; k < 8 && i + k < rows; k++) {
          bits |= from[i + k] != 0 ? 1 << k : 0;
        }
        data.setByte(i >> 3, bits);
      }
    } else {
      int width = vector.getTypeWidth();
      long at = rows == 0 ? 0 : address(data, (long) width * rows);
      switch (width) {
        case 1 -> {
          for (int i = 0; i < rows; i++) {
            MemoryUtil.putByte(at + i, (byte) from[i]);
          }
        }
        case 2 -> {
          for (int i = 0; i < rows; i++) {
            MemoryUtil.putShort(at + 2L * i, (short) from[i]);
          }
        }
        case 4 -> {
          for (int i = 0; i < rows; i++) {
            MemoryUtil.putInt(at + 4L * i, (int) from[i]);
          }
        }
        default -> {
          for (int i = 0; i < rows; i++) {
            MemoryUtil.putLong(at + 8L * i, from[i]);
          }
        }
      }
    }
    writeValidity(column, vector.getValidityBuffer());
  }

  private static void writeDoubles(Column column, BaseFixedWidthVector vector) {
    int rows = column.rows();
    vector.allocateNew(rows);
    double[] from = column.doubles();
    int width = vector.getTypeWidth();
    long at = rows == 0 ? 0 : address(vector.getDataBuffer(), (long) width * rows);
    for (int i = 0; i < rows; i++) {
      if (width == 8) {
        MemoryUtil.putLong(at + 8L * i, Double.doubleToRawLongBits(from[i]));
      } else {
        MemoryUtil.putInt(at + 4L * i, Float.floatToRawIntBits((float) from[i]));
      }
    }
    writeValidity(column, vector.getValidityBuffer());
  }

  private static void writeDecimals(Column column, FieldVector vector) {
    int rows = column.rows();
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    for (int i = 0; i < rows; i++) {
      if (column.isNull(i)) {
        continue;
      }
      BigDecimal value = Decimals.fit(column.decimalAt(i), column.type());
      if (vector instanceof Decimal256Vector wide) {
        wide.setSafe(i, value);
      } else {
        ((DecimalVector) vector).setSafe(i, value);
      }
    }
  }

  private static void writeBytes(Column column, BaseVariableWidthVector vector) {
    int rows = column.rows();
    int[] offsets = column.offsets();
    int size = rows == 0 ? 0 : offsets[rows];
    vector.allocateNew(size, Math.max(rows, 1));
    long to = address(vector.getOffsetBuffer(), 4L * (rows + 1));
    for (int i = 0; i <= rows; i++) {
      MemoryUtil.putInt(to + 4L * i, rows == 0 ? 0 : offsets[i]);
    }
    vector.getDataBuffer().setBytes(0, column.bytes(), 0, size);
    writeValidity(column, vector.getValidityBuffer());
    vector.setLastSet(rows - 1);
  }
}
