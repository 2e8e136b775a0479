package io.terrane.datanode.encoding;

import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** The different values of a column, numbered as they come; bounded. Not thread-safe. */
abstract class DistinctValues {
  /** A number is stored in two signed bytes. */
  static final int COUNT_MAX = Short.MAX_VALUE;

  /** Of all values together: a dictionary is read with the footer, whole. */
  static final int BYTES_MAX = 256 << 10;

  /** For the values of a vector; empty if a dictionary would not make them smaller. */
  static Optional<DistinctValues> of(FieldVector vector) {
    if (vector instanceof VarCharVector || vector instanceof VarBinaryVector) {
      return Optional.of(new DistinctTexts());
    }
    boolean isWide =
        vector instanceof BaseFixedWidthVector fixed
            && (fixed.getTypeWidth() == Long.BYTES || fixed.getTypeWidth() == Integer.BYTES);
    return isWide ? Optional.of(new DistinctNumbers()) : Optional.empty();
  }

  abstract int count();

  /**
   * Writes the numbers of a vector's values, 0 for NULL.
   *
   * @return false if there are too many different ones; then some are numbered, some not
   */
  abstract boolean number(FieldVector vector, SmallIntVector numbers);

  /** Writes the values into {@code target}, which is of their type, in the order of numbers. */
  abstract void write(FieldVector target);

  /** The numbers as a column that is NULL where {@code vector} is, or empty if it is too much. */
  final Optional<SmallIntVector> number(FieldVector vector, BufferAllocator allocator) {
    int rows = vector.getValueCount();
    SmallIntVector numbers = new SmallIntVector("numbers", allocator);
    try {
      numbers.allocateNew(Math.max(1, rows));
      if (!number(vector, numbers)) {
        numbers.close();
        return Optional.empty();
      }
      int validityBytes = (rows + Byte.SIZE - 1) / Byte.SIZE;
      numbers.getValidityBuffer().setBytes(0, vector.getValidityBuffer(), 0, validityBytes);
      numbers.setValueCount(rows);
      return Optional.of(numbers);
    } catch (RuntimeException e) {
      numbers.close();
      throw e;
    }
  }
}
