package io.terrane.query.exec;

import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** For an aggregate's ORDER BY: its arguments, kept until all are there, then fed in order. */
final class OrderedRows implements AutoCloseable {
  private final ExecutionContext context;
  private final List<DataType> argumentTypes;
  private final List<SortKey> order;
  private final KeyEncoder encoder;
  private final SortedKeys keys;
  private final RowBuffer rows;
  private final VectorSchemaRoot staging;
  private final MemoryAccount account;
  private int[] groups = new int[64];

  OrderedRows(
      ExecutionContext context,
      List<DataType> argumentTypes,
      List<DataType> inputTypes,
      List<SortKey> order) {
    this.context = context;
    this.argumentTypes = argumentTypes;
    this.order = order;
    encoder =
        KeyEncoder.ordered(order.stream().map(key -> inputTypes.get(key.column())).toList(), order);
    keys = new SortedKeys(new MemoryAccount(context.allocator()));
    account = new MemoryAccount(context.allocator());
    List<String> names =
        IntStream.range(0, argumentTypes.size()).mapToObj(i -> "argument" + i).toList();
    staging = VectorSchemaRoot.create(Vectors.schema(names, argumentTypes), context.allocator());
    rows = new RowBuffer(context.allocator(), staging.getSchema());
  }

  void add(Column[] arguments, Batch batch, int[] groupOfRow, int count) {
    encoder.encode(
        order.stream().map(key -> batch.column(key.column())).toArray(Column[]::new), count);
    for (int i = 0; i < arguments.length; i++) {
      ArrowColumns.write(arguments[i], staging.getVector(i));
    }
    staging.setRowCount(count);
    int[] counting = new int[count];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (groupOfRow[i] >= 0) {
        counting[kept++] = i;
        int row = keys.size();
        if (row == groups.length) {
          account.hold(8L * row);
          groups = Arrays.copyOf(groups, 2 * row);
        }
        groups[row] = groupOfRow[i];
        keys.add(encoder.data(), encoder.start(i), encoder.end(i));
      }
    }
    rows.append(staging, counting, kept);
  }

  void feed(Accumulator accumulator) {
    int[] sorted = keys.sort();
    List<Column> columns = new ArrayList<>();
    argumentTypes.forEach(type -> columns.add(new Column(type)));
    for (int from = 0; from < sorted.length; from += RowBuffer.CHUNK_ROWS) {
      context.checkCancelled();
      int count = Math.min(RowBuffer.CHUNK_ROWS, sorted.length - from);
      int[] part = Arrays.copyOfRange(sorted, from, from + count);
      rows.gather(part, count, staging);
      int[] groupOfRow = new int[count];
      for (int i = 0; i < count; i++) {
        groupOfRow[i] = groups[part[i]];
      }
      for (int i = 0; i < columns.size(); i++) {
        FieldVector vector = staging.getVector(i);
        ArrowColumns.read(vector, count, columns.get(i));
      }
      accumulator.add(columns.toArray(Column[]::new), groupOfRow, count);
    }
  }

  @Override
  public void close() {
    keys.close();
    account.close();
    rows.close();
    staging.close();
  }
}
