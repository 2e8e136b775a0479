package io.terrane.datanode.scan;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.row.ValueOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Some values of a key column, ready to be compared with rows. */
interface KeyValues {
  /** The order of a row's value, which is not NULL, against the value of that number. */
  int compare(FieldVector vector, int row, int value);

  /** Whether values of the type can be held here. */
  static boolean canHold(DataType type) {
    return switch (type.kind()) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DATE, TIME, TIMESTAMP -> true;
      case STRING, BINARY -> true;
      case NULL, BOOLEAN, UINT64, FLOAT32, FLOAT64, DECIMAL -> false;
    };
  }

  static KeyValues of(DataType type, List<Datum> values) {
    if (type.kind() == DataType.Kind.STRING || type.kind() == DataType.Kind.BINARY) {
      byte[][] texts = values.stream().map(KeyValues::bytes).toArray(byte[][]::new);
      return (vector, row, value) -> compare((BaseVariableWidthVector) vector, row, texts[value]);
    }
    long[] numbers = values.stream().mapToLong(value -> (Long) value.value()).toArray();
    return (vector, row, value) -> Long.compare(ValueOrder.longAt(vector, row), numbers[value]);
  }

  private static byte[] bytes(Datum value) {
    if (value.value() instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteBuffer view = ((ByteBuffer) value.value()).duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }

  private static int compare(BaseVariableWidthVector vector, int row, byte[] text) {
    return ByteFunctionHelpers.compare(
        vector.getDataBuffer(),
        vector.getStartOffset(row),
        vector.getEndOffset(row),
        text,
        0,
        text.length);
  }
}
