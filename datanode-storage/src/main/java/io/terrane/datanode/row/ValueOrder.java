package io.terrane.datanode.row;

import io.terrane.api.table.DataType;
import java.math.BigDecimal;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;

/**
 * The order of one column's values where they lie in vectors; the same as {@link
 * io.terrane.api.table.Datums#compare}.
 */
@FunctionalInterface
public interface ValueOrder {
  int compare(FieldVector left, int i, FieldVector right, int j);

  /** NULL first, then by value. */
  static ValueOrder of(DataType type) {
    ValueOrder values = nonNull(type);
    return (left, i, right, j) -> {
      boolean leftNull = left.isNull(i);
      boolean rightNull = right.isNull(j);
      return leftNull || rightNull
          ? Boolean.compare(!leftNull, !rightNull)
          : values.compare(left, i, right, j);
    };
  }

  private static ValueOrder nonNull(DataType type) {
    return switch (type.kind()) {
      case NULL -> (a, i, b, j) -> 0;
      case BOOLEAN ->
          (a, i, b, j) -> Integer.compare(((BitVector) a).get(i), ((BitVector) b).get(j));
      case FLOAT32 ->
          (a, i, b, j) -> Double.compare(((Float4Vector) a).get(i), ((Float4Vector) b).get(j));
      case FLOAT64 ->
          (a, i, b, j) -> Double.compare(((Float8Vector) a).get(i), ((Float8Vector) b).get(j));
      case UINT64 ->
          (a, i, b, j) -> Long.compareUnsigned(((UInt8Vector) a).get(i), ((UInt8Vector) b).get(j));
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DATE, TIME, TIMESTAMP ->
          (a, i, b, j) -> Long.compare(longAt(a, i), longAt(b, j));
      case DECIMAL -> (a, i, b, j) -> decimalAt(a, i).compareTo(decimalAt(b, j));
      case STRING, BINARY -> ValueOrder::compareBytes;
    };
  }

  private static int compareBytes(FieldVector a, int i, FieldVector b, int j) {
    BaseVariableWidthVector left = (BaseVariableWidthVector) a;
    BaseVariableWidthVector right = (BaseVariableWidthVector) b;
    return ByteFunctionHelpers.compare(
        left.getDataBuffer(),
        left.getStartOffset(i),
        left.getEndOffset(i),
        right.getDataBuffer(),
        right.getStartOffset(j),
        right.getEndOffset(j));
  }

  /** The value of any integer, date, time or timestamp vector; UINT64 as its bits. */
  static long longAt(FieldVector vector, int row) {
    if (vector instanceof BigIntVector longs) {
      return longs.get(row);
    } else if (vector instanceof TimeStampVector stamps) {
      return stamps.get(row);
    } else if (vector instanceof IntVector ints) {
      return ints.get(row);
    } else if (vector instanceof UInt8Vector longs) {
      return longs.get(row);
    } else if (vector instanceof UInt4Vector ints) {
      return Integer.toUnsignedLong(ints.get(row));
    } else if (vector instanceof UInt2Vector shorts) {
      return shorts.get(row);
    } else if (vector instanceof UInt1Vector bytes) {
      return Byte.toUnsignedLong(bytes.get(row));
    } else if (vector instanceof SmallIntVector shorts) {
      return shorts.get(row);
    } else if (vector instanceof TinyIntVector bytes) {
      return bytes.get(row);
    } else if (vector instanceof DateDayVector days) {
      return days.get(row);
    } else if (vector instanceof TimeMicroVector times) {
      return times.get(row);
    }
    throw new IllegalArgumentException("no integers in " + vector.getField());
  }

  static BigDecimal decimalAt(FieldVector vector, int row) {
    return vector instanceof DecimalVector small
        ? small.getObject(row)
        : ((Decimal256Vector) vector).getObject(row);
  }
}
