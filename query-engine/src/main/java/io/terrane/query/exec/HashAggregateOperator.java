package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import io.terrane.query.function.AggregateFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Groups rows by equal keys (NULL equals NULL) and aggregates each group; without keys there is one
 * group, also when there are no rows. Output: group columns, then one column per call, or for
 * PARTIAL its state columns. Groups come in the order of their first row.
 */
public final class HashAggregateOperator extends Operator {
  private final BatchStream input;
  private final List<Integer> groupBy;
  private final Batch batch;
  private final KeyEncoder encoder;
  private final Runs runs = new Runs();
  private final KeyTable table;
  private final RowBuffer groupRows;
  private final List<GroupedCall> calls;
  private final MemoryAccount account;
  private int[] groupOfRow = {};
  private boolean inputRead;
  private int given;

  /**
   * @param groupBy input columns; for FINAL the first columns are the groups, whatever is given
   *     here, and only its length counts
   * @param calls with argument columns of the original input in every phase
   * @param names one per group column and call; the state columns of a call in PARTIAL share its
   *     name, numbered
   */
  public HashAggregateOperator(
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      List<String> names,
      AggregatePhase phase) {
    this(
        phase,
        context,
        input,
        groups(groupBy, phase),
        open(context, input, groupBy, calls, phase),
        names);
  }

  private HashAggregateOperator(
      AggregatePhase phase,
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<GroupedCall> calls,
      List<String> names) {
    super(context, outputSchema(input, groupBy, calls, names, phase));
    this.input = input;
    this.groupBy = groupBy;
    this.calls = calls;
    List<DataType> types = Batch.typesOf(input.schema());
    this.batch = new Batch(types);
    this.encoder = KeyEncoder.of(groupBy.stream().map(types::get).toList());
    this.table = new KeyTable(new MemoryAccount(context.allocator()));
    this.account = new MemoryAccount(context.allocator());
    List<Field> groupFields = groupBy.stream().map(i -> input.schema().getFields().get(i)).toList();
    this.groupRows = new RowBuffer(context.allocator(), new Schema(groupFields));
  }

  private static List<Integer> groups(List<Integer> groupBy, AggregatePhase phase) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < groupBy.size(); i++) {
      columns.add(phase == AggregatePhase.FINAL ? i : groupBy.get(i));
    }
    return columns;
  }

  private static List<GroupedCall> open(
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      AggregatePhase phase) {
    List<DataType> types = Batch.typesOf(input.schema());
    List<GroupedCall> opened = new ArrayList<>();
    int stateColumn = groupBy.size();
    for (AggregateCall call : calls) {
      AggregateFunction function =
          context
              .functions()
              .findAggregate(call.function())
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.FUNCTION_NOT_FOUND,
                          "FUNCTION " + call.function() + " does not exist"));
      opened.add(GroupedCall.open(context, function, call, types, phase, stateColumn));
      stateColumn += function.stateCount();
    }
    return opened;
  }

  private static Schema outputSchema(
      BatchStream input,
      List<Integer> groupBy,
      List<GroupedCall> calls,
      List<String> names,
      AggregatePhase phase) {
    List<DataType> inputTypes = Batch.typesOf(input.schema());
    List<String> allNames = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < groupBy.size(); i++) {
      allNames.add(names.get(i));
      types.add(inputTypes.get(groupBy.get(i)));
    }
    for (int i = 0; i < calls.size(); i++) {
      String name = names.get(groupBy.size() + i);
      List<DataType> outputs = calls.get(i).outputTypes();
      for (int k = 0; k < outputs.size(); k++) {
        allNames.add(phase == AggregatePhase.PARTIAL ? name + "$" + k : name);
        types.add(outputs.get(k));
      }
    }
    return Vectors.schema(allNames, types);
  }

  @Override
  boolean next(BatchSink sink) {
    if (!inputRead) {
      if (groupBy.isEmpty()) {
        calls.forEach(call -> call.accumulator().grow(1));
      }
      while (input.advance(this::take)) {
        context().checkCancelled();
      }
      calls.forEach(GroupedCall::finish);
      inputRead = true;
    }
    int groups = groupBy.isEmpty() ? 1 : table.size();
    int count = Math.min(context().batchRows(), groups - given);
    if (count == 0) {
      return false;
    }
    fill(given, count);
    given += count;
    sink.accept(output());
    return true;
  }

  private void take(VectorSchemaRoot rows) {
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
      call.take(batch, groupOfRow, runs, groupBy.isEmpty() ? 1 : table.size());
      bytes += call.accumulator().heapBytes();
    }
    account.hold(bytes);
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

  private void fill(int from, int count) {
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = from + i;
    }
    int column = 0;
    for (; column < groupBy.size(); column++) {
      groupRows.gather(column, groups, count, output().getVector(column));
    }
    for (GroupedCall call : calls) {
      for (Column values : call.give(from, count)) {
        ArrowColumns.write(values, output().getVector(column++));
      }
    }
    output().setRowCount(count);
  }

  @Override
  void release() {
    calls.forEach(GroupedCall::close);
    table.close();
    account.close();
    groupRows.close();
    input.close();
  }
}
