package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.Optional;

/** The same value for every row, written out once and kept. */
public final class ConstantExpr implements VectorExpr {
  private final Datum value;
  private final Column column;
  private int filled = -1;

  public ConstantExpr(Datum value) {
    this.value = value;
    this.column = new Column(value.type());
  }

  @Override
  public DataType type() {
    return value.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    int rows = batch.rows();
    if (filled != rows) {
      column.reset(rows);
      for (int i = 0; i < rows; i++) {
        column.setDatum(i, value);
      }
      filled = rows;
    }
    return column;
  }

  @Override
  public Optional<Datum> constant() {
    return Optional.of(value);
  }
}
