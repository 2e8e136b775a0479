package io.terrane.datanode.row;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Single values out of vectors, for statistics and messages. */
public final class RowValues {
  private RowValues() {}

  public static Datum read(FieldVector vector, int row, DataType type) {
    if (vector.isNull(row)) {
      return Datum.ofNull(type);
    }
    return switch (type.kind()) {
      case NULL -> Datum.NULL;
      case BOOLEAN -> new Datum(type, ((BitVector) vector).get(row) != 0);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE, TIME, TIMESTAMP ->
          new Datum(type, ValueOrder.longAt(vector, row));
      case FLOAT32 -> new Datum(type, (double) ((Float4Vector) vector).get(row));
      case FLOAT64 -> new Datum(type, ((Float8Vector) vector).get(row));
      case DECIMAL -> new Datum(type, ValueOrder.decimalAt(vector, row));
      case STRING ->
          new Datum(type, new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8));
      case BINARY -> Datum.ofBytes(((VarBinaryVector) vector).get(row));
    };
  }

  /** Sets a value that is not NULL and of the vector's type. */
  public static void write(FieldVector vector, int row, Datum value) {
    switch (value.type().kind()) {
      case NULL -> vector.setNull(row);
      case BOOLEAN -> ((BitVector) vector).setSafe(row, (Boolean) value.value() ? 1 : 0);
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, DATE, TIME, TIMESTAMP ->
          writeLong(vector, row, (Long) value.value());
      case FLOAT32 -> ((Float4Vector) vector).setSafe(row, ((Double) value.value()).floatValue());
      case FLOAT64 -> ((Float8Vector) vector).setSafe(row, (Double) value.value());
      case DECIMAL -> {
        BigDecimal decimal = (BigDecimal) value.value();
        if (vector instanceof DecimalVector narrow) {
          narrow.setSafe(row, decimal);
        } else {
          ((Decimal256Vector) vector).setSafe(row, decimal);
        }
      }
      case STRING ->
          ((VarCharVector) vector)
              .setSafe(row, ((String) value.value()).getBytes(StandardCharsets.UTF_8));
      case BINARY -> {
        ByteBuffer bytes = ((ByteBuffer) value.value()).duplicate();
        ((VarBinaryVector) vector).setSafe(row, bytes, bytes.position(), bytes.remaining());
      }
    }
  }

  private static void writeLong(FieldVector vector, int row, long value) {
    if (vector instanceof TinyIntVector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof UInt1Vector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof UInt2Vector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof IntVector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof UInt4Vector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(row, value);
    } else if (vector instanceof UInt8Vector v) {
      v.setSafe(row, value);
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(row, (int) value);
    } else if (vector instanceof TimeMicroVector v) {
      v.setSafe(row, value);
    } else {
      ((TimeStampVector) vector).setSafe(row, value);
    }
  }

  /** Bytes of a value of variable length; 0 for the others. */
  public static int length(FieldVector vector, int row) {
    return vector instanceof BaseVariableWidthVector values && !vector.isNull(row)
        ? values.getValueLength(row)
        : 0;
  }
}
