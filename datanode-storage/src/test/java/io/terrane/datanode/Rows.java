package io.terrane.datanode;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.row.RowValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows as lists of plain values ({@link Datum#value()}) into batches and back. */
public final class Rows {
  private Rows() {}

  public static VectorSchemaRoot batch(
      List<ColumnSchema> columns, List<List<Object>> rows, BufferAllocator allocator) {
    Schema schema =
        new Schema(columns.stream().map(c -> c.type().arrowField(c.name(), true)).toList());
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    root.allocateNew();
    for (int column = 0; column < columns.size(); column++) {
      FieldVector vector = root.getVector(column);
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row).get(column);
        if (value == null) {
          vector.setNull(row);
        } else {
          set(vector, row, value);
        }
      }
    }
    root.getFieldVectors().forEach(vector -> vector.setValueCount(rows.size()));
    root.setRowCount(rows.size());
    return root;
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, ((Long) value).intValue());
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof TimeStampVector stamps) {
      stamps.setSafe(row, (Long) value);
    } else if (vector instanceof BaseIntVector integers) {
      integers.setWithPossibleTruncate(row, (Long) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, ((Double) value).floatValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof Decimal256Vector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof VarCharVector strings) {
      strings.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector binaries) {
      ByteBuffer bytes = ((ByteBuffer) value).duplicate();
      binaries.setSafe(row, bytes, bytes.position(), bytes.remaining());
    } else {
      throw new IllegalArgumentException("no values for " + vector.getField());
    }
  }

  public static List<List<Object>> read(VectorSchemaRoot root) {
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      List<Object> values = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        DataType type = DataType.ofArrow(vector.getField().getType());
        values.add(RowValues.read(vector, row, type).value());
      }
      rows.add(values);
    }
    return rows;
  }
}
