package io.terrane.query.expr;

import io.terrane.api.table.DataType;

/** The input's column at {@code index}. */
public record ColumnExpr(int index, DataType type) implements VectorExpr {
  @Override
  public Column evaluate(Batch batch) {
    return batch.column(index);
  }
}
