package io.terrane.query.plan.physical;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Batches as rows of values, for what goes row by row. */
public final class Rows {
  private Rows() {}

  public static List<List<Datum>> of(VectorSchemaRoot batch, List<DataType> types) {
    int count = batch.getRowCount();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Column column = new Column(types.get(i));
      ArrowColumns.read(batch.getVector(i), count, column);
      columns.add(column);
    }
    List<List<Datum>> rows = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      List<Datum> values = new ArrayList<>(columns.size());
      for (Column column : columns) {
        values.add(column.datumAt(row));
      }
      rows.add(values);
    }
    return rows;
  }
}
