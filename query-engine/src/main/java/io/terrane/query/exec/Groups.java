package io.terrane.query.exec;

import io.terrane.api.table.DataType;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Groups that are held, with what their rows add up to; without group columns there is one, also
 * when there are no rows. They are numbered in the order of their first row. One thread.
 */
final class Groups implements AutoCloseable {
  private final List<Integer> groupBy;
  private final Batch batch;
  private final KeyEncoder encoder;
  private final Runs runs = new Runs();
  private final KeyTable table;
  private final RowBuffer groupRows;
  private final List<GroupedCall> calls;
  private final MemoryAccount account;
  private int[] groupOfRow = {};

  /**
   * @param calls are closed with the groups
   */
  Groups(ExecutionContext context, Schema input, List<Integer> groupBy, List<GroupedCall> calls) {
    this.groupBy = groupBy;
    this.calls = calls;
    List<DataType> types = Batch.typesOf(input);
    this.batch = new Batch(types);
    this.encoder = KeyEncoder.of(groupBy.stream().map(types::get).toList());
    this.table = new KeyTable(new MemoryAccount(context.allocator()));
    this.account = new MemoryAccount(context.allocator());
    List<Field> groupFields = groupBy.stream().map(i -> input.getFields().get(i)).toList();
    this.groupRows = new RowBuffer(context.allocator(), new Schema(groupFields));
    if (groupBy.isEmpty()) {
      calls.forEach(call -> call.accumulator().grow(1));
    }
  }

  int size() {
    return groupBy.isEmpty() ? 1 : table.size();
  }

  /** Adds rows, and groups as they need. */
  void take(VectorSchemaRoot rows) {
    int rowCount = rows.getRowCount();
    batch.load(rows);
    if (groupOfRow.length < rowCount) {
      groupOfRow = new int[rowCount];
    }
    if (groupBy.isEmpty()) {
      Arrays.fill(groupOfRow, 0, rowCount, 0);
      runs.one(rowCount);
    } else {
      assignGroups(rows, rowCount);
    }
    long bytes = 0;
    for (GroupedCall call : calls) {
      call.take(batch, groupOfRow, runs, size());
      bytes += call.accumulator().heapBytes();
    }
    account.hold(bytes);
  }

  /**
   * Writes which rows belong to groups that are there, and which do not.
   *
   * @return how many belong to one
   */
  int split(VectorSchemaRoot rows, int[] known, int[] strange) {
    int rowCount = rows.getRowCount();
    batch.load(rows);
    encoder.encode(groupBy.stream().map(batch::column).toArray(Column[]::new), rowCount);
    int found = 0;
    for (int row = 0; row < rowCount; row++) {
      if (table.find(encoder.data(), encoder.start(row), encoder.end(row)) >= 0) {
        known[found++] = row;
      } else {
        strange[row - found] = row;
      }
    }
    return found;
  }

  /** Of the rows that were last split. */
  KeyEncoder keys() {
    return encoder;
  }

  /** No more rows come. */
  void finish() {
    calls.forEach(GroupedCall::finish);
  }

  private void assignGroups(VectorSchemaRoot rows, int rowCount) {
    Column[] keys = groupBy.stream().map(batch::column).toArray(Column[]::new);
    runs.find(keys, rowCount);
    encoder.encode(keys, runs.starts(), runs.count());
    int known = table.size();
    for (int run = 0; run < runs.count(); run++) {
      int group = table.findOrAdd(encoder.data(), encoder.start(run), encoder.end(run));
      Arrays.fill(groupOfRow, runs.starts()[run], runs.starts()[run + 1], group);
    }
    keepGroups(rows, known);
  }

  private void keepGroups(VectorSchemaRoot rows, int known) {
    if (table.size() == known) {
      return;
    }
    int[] firstRows = new int[table.size() - known];
    for (int run = runs.count() - 1; run >= 0; run--) {
      int row = runs.starts()[run];
      if (groupOfRow[row] >= known) {
        firstRows[groupOfRow[row] - known] = row;
      }
    }
    List<FieldVector> columns = groupBy.stream().map(rows::getVector).toList();
    groupRows.append(
        new VectorSchemaRoot(groupRows.schema(), columns, rows.getRowCount()),
        firstRows,
        firstRows.length);
  }

  /** Replaces {@code to} by groups from {@code from} on: their columns, then their results. */
  void fill(int from, int count, VectorSchemaRoot to) {
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = from + i;
    }
    int column = 0;
    for (; column < groupBy.size(); column++) {
      groupRows.gather(column, groups, count, to.getVector(column));
    }
    for (GroupedCall call : calls) {
      for (Column values : call.give(from, count)) {
        ArrowColumns.write(values, to.getVector(column++));
      }
    }
    to.setRowCount(count);
  }

  @Override
  public void close() {
    calls.forEach(GroupedCall::close);
    table.close();
    account.close();
    groupRows.close();
  }
}
