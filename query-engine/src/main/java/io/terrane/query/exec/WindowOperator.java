package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Input columns, then one per window call. Holds all rows, orders them by partition and order keys,
 * and gives them partition by partition in that order; the results of one partition are held at a
 * time.
 */
public final class WindowOperator extends Operator {
  private final BatchStream input;
  private final List<Integer> partitionBy;
  private final List<SortKey> orderBy;
  private final List<WindowCall> calls;
  private final Batch batch;
  private final KeyEncoder partitionEncoder;
  private final KeyEncoder orderEncoder;
  private final KeyTable partitions;
  private final SortedKeys sorted;
  private final SortedKeys orderKeys;
  private final RowBuffer rows;
  private final MemoryAccount account;
  private final List<DataType> inputTypes;
  private int[] partitionOf = new int[64];
  private int[] order;
  private int partitionStart;
  private int partitionEnd;
  private int given;
  private List<Column> results = List.of();

  /**
   * @param names of the input columns, then of the calls
   */
  public WindowOperator(
      ExecutionContext context,
      BatchStream input,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<String> names) {
    super(context, outputSchema(input, calls, names));
    this.input = input;
    this.partitionBy = List.copyOf(partitionBy);
    this.orderBy = List.copyOf(orderBy);
    this.calls = List.copyOf(calls);
    this.inputTypes = Batch.typesOf(input.schema());
    this.batch = new Batch(inputTypes);
    this.partitionEncoder = KeyEncoder.of(partitionBy.stream().map(inputTypes::get).toList());
    this.orderEncoder =
        KeyEncoder.ordered(
            orderBy.stream().map(key -> inputTypes.get(key.column())).toList(), orderBy);
    this.partitions = new KeyTable(new MemoryAccount(context.allocator()));
    this.sorted = new SortedKeys(new MemoryAccount(context.allocator()));
    this.orderKeys = new SortedKeys(new MemoryAccount(context.allocator()));
    this.rows = new RowBuffer(context.allocator(), input.schema());
    this.account = new MemoryAccount(context.allocator());
  }

  private static Schema outputSchema(
      BatchStream input, List<WindowCall> calls, List<String> names) {
    List<DataType> types = new ArrayList<>(Batch.typesOf(input.schema()));
    calls.forEach(call -> types.add(call.type()));
    return Vectors.schema(names, types);
  }

  @Override
  boolean next(BatchSink sink) {
    if (order == null) {
      while (input.advance(this::take)) {
        context().checkCancelled();
      }
      order = sorted.sort();
    }
    if (given == partitionEnd && !nextPartition()) {
      return false;
    }
    int count = Math.min(context().batchRows(), partitionEnd - given);
    fill(count);
    given += count;
    sink.accept(output());
    return true;
  }

  private void take(VectorSchemaRoot root) {
    int count = root.getRowCount();
    batch.load(root);
    partitionEncoder.encode(partitionBy.stream().map(batch::column).toArray(Column[]::new), count);
    orderEncoder.encode(
        orderBy.stream().map(key -> batch.column(key.column())).toArray(Column[]::new), count);
    int first = rows.rows();
    if (partitionOf.length < first + count) {
      int wanted = Math.max(first + count, 2 * partitionOf.length);
      account.hold(4L * wanted);
      partitionOf = Arrays.copyOf(partitionOf, wanted);
    }
    byte[] key = new byte[64];
    for (int i = 0; i < count; i++) {
      int partition =
          partitions.findOrAdd(
              partitionEncoder.data(), partitionEncoder.start(i), partitionEncoder.end(i));
      partitionOf[first + i] = partition;
      int length = orderEncoder.end(i) - orderEncoder.start(i);
      key = key.length < length + 4 ? new byte[2 * (length + 4)] : key;
      for (int shift = 0; shift < 4; shift++) {
        key[shift] = (byte) (partition >>> (24 - 8 * shift));
      }
      System.arraycopy(orderEncoder.data(), orderEncoder.start(i), key, 4, length);
      sorted.add(key, 0, length + 4);
    }
    orderKeys.addAll(orderEncoder, count);
    rows.append(root);
  }

  private boolean nextPartition() {
    if (partitionEnd == order.length) {
      return false;
    }
    context().checkCancelled();
    partitionStart = partitionEnd;
    int partition = partitionOf[order[partitionStart]];
    while (partitionEnd < order.length && partitionOf[order[partitionEnd]] == partition) {
      partitionEnd++;
    }
    int[] members = Arrays.copyOfRange(order, partitionStart, partitionEnd);
    WindowPartition ordered =
        new WindowPartition(context(), rows, members, orderKeys, orderBy, inputTypes);
    List<Column> computed = new ArrayList<>();
    for (WindowCall call : calls) {
      computed.add(WindowFunctions.compute(context(), call, ordered));
    }
    results = computed;
    return true;
  }

  private void fill(int count) {
    int[] selected = Arrays.copyOfRange(order, given, given + count);
    int inputs = inputTypes.size();
    for (int i = 0; i < inputs; i++) {
      rows.gather(i, selected, count, output().getVector(i));
    }
    for (int i = 0; i < calls.size(); i++) {
      Column part = new Column(calls.get(i).type()).reset(count);
      for (int row = 0; row < count; row++) {
        part.setFrom(row, results.get(i), given - partitionStart + row);
      }
      ArrowColumns.write(part, output().getVector(inputs + i));
    }
    output().setRowCount(count);
  }

  @Override
  void release() {
    partitions.close();
    sorted.close();
    orderKeys.close();
    account.close();
    rows.close();
    input.close();
  }
}
