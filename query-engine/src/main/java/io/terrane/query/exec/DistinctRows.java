package io.terrane.query.exec;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.List;

/** For an aggregate's DISTINCT: which argument values a group has seen. */
final class DistinctRows implements AutoCloseable {
  private final KeyEncoder encoder;
  private final KeyTable seen;
  private final Column group = new Column(DataType.INT64);

  DistinctRows(ExecutionContext context, List<DataType> argumentTypes) {
    List<DataType> types = new ArrayList<>(argumentTypes);
    types.add(DataType.INT64);
    encoder = KeyEncoder.of(types);
    seen = new KeyTable(new MemoryAccount(context.allocator()));
  }

  /** Sets the group of rows to -1 that repeat one or have a NULL argument. */
  void exclude(Column[] arguments, int[] groupOfRow, int rows) {
    group.reset(rows);
    for (int i = 0; i < rows; i++) {
      group.setLong(i, groupOfRow[i]);
    }
    Column[] columns = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    columns[arguments.length] = group;
    encoder.encode(columns, rows);
    for (int i = 0; i < rows; i++) {
      if (groupOfRow[i] >= 0) {
        int known = seen.size();
        boolean isNew =
            !encoder.hasNull(i)
                && seen.findOrAdd(encoder.data(), encoder.start(i), encoder.end(i)) == known;
        groupOfRow[i] = isNew ? groupOfRow[i] : -1;
      }
    }
  }

  @Override
  public void close() {
    seen.close();
  }
}
