package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import java.util.List;

/** The first value that is not NULL; later values are evaluated only for rows that need them. */
public final class CoalesceExpr implements VectorExpr {
  private final List<VectorExpr> values;
  private final Column[] outs = new Column[2];

  public CoalesceExpr(DataType type, List<VectorExpr> values) {
    this.values = List.copyOf(values);
    outs[0] = new Column(type);
    outs[1] = new Column(type);
  }

  @Override
  public DataType type() {
    return outs[0].type();
  }

  @Override
  public Column evaluate(Batch batch) {
    int rows = batch.rows();
    Column current = values.get(0).evaluate(batch);
    for (int value = 1; value < values.size() && current.hasNulls(); value++) {
      int[] missing = new int[rows];
      int count = 0;
      for (int i = 0; i < rows; i++) {
        if (current.isNull(i)) {
          missing[count++] = i;
        }
      }
      if (count == 0) {
        break;
      }
      Column next =
          values.get(value).evaluate(count == rows ? batch : batch.select(missing, count));
      Column merged = outs[value & 1].reset(rows);
      int at = 0;
      for (int i = 0; i < rows; i++) {
        if (current.isNull(i)) {
          merged.setFrom(i, next, at++);
        } else {
          merged.setFrom(i, current, i);
        }
      }
      current = merged;
    }
    return current;
  }
}
