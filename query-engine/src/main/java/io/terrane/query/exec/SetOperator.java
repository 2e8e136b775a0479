package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * INTERSECT and EXCEPT over inputs of the same types; NULL equals NULL. Holds the right input's
 * distinct rows as keys, and for DISTINCT the rows already given.
 */
public final class SetOperator extends Operator {
  private final SetKind kind;
  private final SetMode mode;
  private final BatchStream left;
  private final BatchStream right;
  private final Batch batch;
  private final KeyEncoder encoder;
  private final KeyTable table;
  private final MemoryAccount account;
  private long[] countOfKey = new long[64];
  private boolean rightRead;

  public SetOperator(
      ExecutionContext context, SetKind kind, SetMode mode, BatchStream left, BatchStream right) {
    super(context, left.schema());
    this.kind = kind;
    this.mode = mode;
    this.left = left;
    this.right = right;
    List<DataType> types = Batch.typesOf(left.schema());
    this.batch = new Batch(types);
    this.encoder = KeyEncoder.of(types);
    this.table = new KeyTable(new MemoryAccount(context.allocator()));
    this.account = new MemoryAccount(context.allocator());
  }

  @Override
  boolean next(BatchSink sink) {
    while (!rightRead && right.advance(this::count)) {
      context().checkCancelled();
    }
    rightRead = true;
    boolean[] given = {false};
    while (!given[0] && left.advance(rows -> given[0] = pass(rows, sink))) {
      context().checkCancelled();
    }
    return given[0];
  }

  private void count(VectorSchemaRoot rows) {
    encode(rows);
    for (int i = 0; i < rows.getRowCount(); i++) {
      // A new key may replace the array, so it is found before the array is read.
      int key = key(i);
      countOfKey[key]++;
    }
  }

  private int key(int row) {
    int key = table.findOrAdd(encoder.data(), encoder.start(row), encoder.end(row));
    if (key >= countOfKey.length) {
      account.hold(16L * countOfKey.length);
      countOfKey = Arrays.copyOf(countOfKey, 2 * countOfKey.length);
    }
    return key;
  }

  private void encode(VectorSchemaRoot rows) {
    batch.load(rows);
    Column[] columns = new Column[rows.getFieldVectors().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    encoder.encode(columns, rows.getRowCount());
  }

  private boolean pass(VectorSchemaRoot rows, BatchSink sink) {
    encode(rows);
    int[] selected = new int[rows.getRowCount()];
    int count = 0;
    for (int i = 0; i < rows.getRowCount(); i++) {
      if (passes(key(i))) {
        selected[count++] = i;
      }
    }
    if (count == 0) {
      return false;
    }
    Vectors.gather(rows, selected, count, output());
    sink.accept(output());
    return true;
  }

  private boolean passes(int key) {
    long matches = countOfKey[key];
    boolean inRight = matches > 0;
    switch (mode) {
      case ALL -> {
        if (inRight) {
          countOfKey[key]--;
        }
      }
      case DISTINCT -> {
        if (matches < 0) {
          return false;
        }
        // A negative count says that the row was given.
        if (inRight == (kind == SetKind.INTERSECT)) {
          countOfKey[key] = -1;
        }
      }
    }
    return inRight == (kind == SetKind.INTERSECT);
  }

  @Override
  void release() {
    table.close();
    account.close();
    left.close();
    right.close();
  }
}
