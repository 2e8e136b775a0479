package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.ConstantExpr;
import java.util.List;

/** Constant rows. A value of another type than its column's is converted. */
public final class ValuesOperator extends Operator {
  private final List<DataType> types;
  private final List<List<Datum>> rows;
  private int given;

  public ValuesOperator(
      ExecutionContext context, List<String> names, List<DataType> types, List<List<Datum>> rows) {
    super(context, Vectors.schema(names, types));
    this.types = List.copyOf(types);
    this.rows = List.copyOf(rows);
  }

  @Override
  boolean next(BatchSink sink) {
    if (given == rows.size()) {
      return false;
    }
    int count = Math.min(context().batchRows(), rows.size() - given);
    for (int i = 0; i < types.size(); i++) {
      Column column = new Column(types.get(i)).reset(count);
      for (int row = 0; row < count; row++) {
        column.setDatum(row, converted(rows.get(given + row).get(i), types.get(i)));
      }
      ArrowColumns.write(column, output().getVector(i));
    }
    output().setRowCount(count);
    given += count;
    sink.accept(output());
    return true;
  }

  private Datum converted(Datum value, DataType type) {
    if (value.isNull() || value.type().equals(type)) {
      return value;
    }
    return Casts.implicit(context(), new ConstantExpr(value), type)
        .evaluate(Batch.ofRows(1))
        .datumAt(0);
  }

  @Override
  void release() {}
}
