package io.terrane.query.exec;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.function.builtin.BuiltinFunctions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A root allocator, a context over it, and short ways to make inputs and read outputs. */
final class OperatorFixture implements AutoCloseable {
  private final BufferAllocator allocator;
  private final ExecutionContext context;

  OperatorFixture(long bytesMax, int batchRows) {
    allocator = new RootAllocator(bytesMax);
    context =
        ExecutionContext.builder(
                allocator,
                BuiltinFunctions.registry(),
                () -> Instant.parse("2024-05-06T07:08:09.123456Z"))
            .batchRows(batchRows)
            .build();
  }

  OperatorFixture() {
    this(64 << 20, 3);
  }

  ExecutionContext context() {
    return context;
  }

  /** Rows of Long, Double, String, Boolean, BigDecimal or null; types from the given list. */
  ValuesOperator rows(List<DataType> types, Object[]... rows) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      names.add("c" + i);
    }
    List<List<Datum>> data = new ArrayList<>();
    for (Object[] row : rows) {
      List<Datum> values = new ArrayList<>();
      for (int i = 0; i < row.length; i++) {
        values.add(datum(types.get(i), row[i]));
      }
      data.add(values);
    }
    return new ValuesOperator(context, names, types, data);
  }

  private static Datum datum(DataType type, Object value) {
    return value instanceof Integer small
        ? new Datum(type, small.longValue())
        : new Datum(type, value);
  }

  static Object[] row(Object... values) {
    return values;
  }

  static ScalarExpr column(int index, DataType type) {
    return new ScalarExpr.ColumnRef(index, type);
  }

  static ScalarExpr literal(long value) {
    return new ScalarExpr.Literal(Datum.of(value));
  }

  static ScalarExpr call(String name, DataType type, ScalarExpr... arguments) {
    return new ScalarExpr.Call(name, List.of(arguments), type);
  }

  /** Reads a stream to its end, closes it, and gives the rows' values as text. */
  static List<String> read(BatchStream stream) {
    List<String> rows = new ArrayList<>();
    try (stream) {
      List<DataType> types = Batch.typesOf(stream.schema());
      while (stream.advance(
          batch -> {
            for (int row = 0; row < batch.getRowCount(); row++) {
              List<String> values = new ArrayList<>();
              for (int i = 0; i < types.size(); i++) {
                Column column = new Column(types.get(i));
                ArrowColumns.read(batch.getVector(i), batch.getRowCount(), column);
                values.add(show(column.datumAt(row)));
              }
              rows.add(String.join("|", values));
            }
          })) {
        // The sink has what there is.
      }
    }
    return rows;
  }

  private static String show(Datum datum) {
    if (datum.isNull()) {
      return "NULL";
    }
    return datum.value() instanceof BigDecimal number ? number.toPlainString() : datum.text();
  }

  @Override
  public void close() {
    allocator.close();
  }
}
