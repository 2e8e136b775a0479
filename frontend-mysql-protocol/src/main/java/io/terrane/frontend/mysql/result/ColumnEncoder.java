package io.terrane.frontend.mysql.result;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.time.ZoneId;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VariableWidthFieldVector;

/**
 * Writes the values of one column of one lent batch; there is one implementation per family of
 * Arrow types. Not shared between threads.
 *
 * <p>Source: MySQL manual, "Text Resultset Row" and "Binary Protocol Value".
 */
interface ColumnEncoder {
  boolean isNull(int row);

  /** The value, which is not NULL, as a length-encoded string. */
  void writeText(int row, PayloadWriter out);

  /** The value, which is not NULL, as its type's binary form. */
  void writeBinary(int row, PayloadWriter out);

  /**
   * @param zone in which timestamps are shown
   */
  static ColumnEncoder of(FieldVector vector, ResultColumn column, ZoneId zone) {
    DataType carried = DataType.ofArrow(vector.getField().getType());
    DataType type = column.type();
    if (carried.kind() == DataType.Kind.NULL) {
      return new NullEncoder();
    }
    if (carried.kind() != type.kind() || carried.scale() != type.scale()) {
      throw new TerraneException(
          ErrorCode.INTERNAL,
          "column " + column.name() + " was announced as " + type + " and comes as " + carried);
    }
    return switch (carried.kind()) {
      case NULL -> new NullEncoder();
      case BOOLEAN -> new BooleanEncoder((BitVector) vector);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
          new IntegerEncoder((BaseFixedWidthVector) vector, carried);
      case FLOAT32 -> new FloatEncoder((Float4Vector) vector);
      case FLOAT64 -> new DoubleEncoder((Float8Vector) vector);
      case DECIMAL -> new DecimalEncoder(vector);
      case STRING, BINARY -> new BytesEncoder((VariableWidthFieldVector) vector);
      case DATE -> new DateEncoder((DateDayVector) vector);
      case TIME -> new TimeEncoder((TimeMicroVector) vector);
      case TIMESTAMP -> new TimestampEncoder((TimeStampVector) vector, carried, zone);
    };
  }
}
