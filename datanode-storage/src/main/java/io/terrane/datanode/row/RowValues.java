package io.terrane.datanode.row;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
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

  /** Bytes of a value of variable length; 0 for the others. */
  public static int length(FieldVector vector, int row) {
    return vector instanceof BaseVariableWidthVector values && !vector.isNull(row)
        ? values.getValueLength(row)
        : 0;
  }
}
