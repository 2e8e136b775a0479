package io.terrane.frontend.mysql.result;

import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;

/**
 * The values of a lent column of fixed width: checked against the column's buffer once, then read
 * by address. Not to be used when the batch has gone back.
 */
final class FixedValues {
  private final BaseFixedWidthVector vector;
  private final boolean hasNulls;
  private final int rows;
  private final long address;

  /**
   * @param vector with values of whole bytes
   */
  FixedValues(BaseFixedWidthVector vector) {
    this.vector = vector;
    this.hasNulls = vector.getNullCount() > 0;
    this.rows = vector.getValueCount();
    if (rows == 0) {
      this.address = 0;
      return;
    }
    ArrowBuf data = vector.getDataBuffer();
    data.checkBytes(0, (long) rows * vector.getTypeWidth());
    this.address = data.memoryAddress();
  }

  boolean isNull(int row) {
    return hasNulls && vector.isNull(row);
  }

  long longAt(int row) {
    return MemoryUtil.getLong(address + (long) Long.BYTES * check(row));
  }

  int intAt(int row) {
    return MemoryUtil.getInt(address + (long) Integer.BYTES * check(row));
  }

  short shortAt(int row) {
    return MemoryUtil.getShort(address + (long) Short.BYTES * check(row));
  }

  byte byteAt(int row) {
    return MemoryUtil.getByte(address + check(row));
  }

  private int check(int row) {
    return Objects.checkIndex(row, rows);
  }
}
