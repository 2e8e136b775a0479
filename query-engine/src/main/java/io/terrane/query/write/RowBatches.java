package io.terrane.query.write;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Column;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows as an Arrow batch. */
final class RowBatches {
  private RowBatches() {}

  /** A batch of these columns; values are of the columns' types. The caller closes it. */
  static VectorSchemaRoot of(
      List<ColumnSchema> columns, List<List<Datum>> rows, BufferAllocator allocator) {
    Column[] values = new Column[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Column(columns.get(i).type()).reset(rows.size());
      for (int row = 0; row < rows.size(); row++) {
        values[i].setDatum(row, rows.get(row).get(i));
      }
    }
    return of(columns, values, allocator);
  }

  /** A batch of all rows of {@code values}. The caller closes it. */
  static VectorSchemaRoot of(
      List<ColumnSchema> columns, Column[] values, BufferAllocator allocator) {
    Schema schema =
        new Schema(columns.stream().map(c -> c.type().arrowField(c.name(), c.nullable())).toList());
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    try {
      for (int i = 0; i < values.length; i++) {
        ArrowColumns.write(values[i], root.getVector(i));
      }
      root.setRowCount(values[0].rows());
      return root;
    } catch (RuntimeException failure) {
      root.close();
      throw failure;
    }
  }
}
