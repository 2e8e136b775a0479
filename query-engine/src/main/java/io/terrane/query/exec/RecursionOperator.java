package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * WITH RECURSIVE: the rows of a first query, then those of a query over the rows that came last,
 * again and again until none come. Of two iterations' rows those of the last are held; under UNION
 * the keys of all.
 */
public final class RecursionOperator extends Operator {
  private final BatchStream first;
  private final Function<ExecutionContext, BatchStream> iteration;
  private final WorkingRows working;
  private final KeyTable seen;
  private final KeyEncoder encoder;
  private final Batch batch;
  private final boolean distinct;
  private final long iterationsMax;
  private RowBuffer last;
  private RowBuffer before;
  private long iterations;
  private int given;

  /**
   * @param iteration opens the query over {@code working}; its rows have the first query's types
   * @param distinct whether a row that came before is dropped
   * @param iterationsMax iterations beyond which the query fails with RECURSION_TOO_DEEP
   */
  public RecursionOperator(
      ExecutionContext context,
      BatchStream first,
      Function<ExecutionContext, BatchStream> iteration,
      WorkingRows working,
      List<String> names,
      boolean distinct,
      long iterationsMax) {
    super(context, Vectors.schema(names, Batch.typesOf(first.schema())));
    this.first = first;
    this.iteration = iteration;
    this.working = working;
    this.distinct = distinct;
    this.iterationsMax = iterationsMax;
    List<DataType> types = Batch.typesOf(first.schema());
    this.batch = new Batch(types);
    this.encoder = KeyEncoder.of(types);
    this.seen = new KeyTable(new MemoryAccount(context.allocator()));
  }

  @Override
  boolean next(BatchSink sink) {
    while (last == null || given == last.chunks()) {
      if (last != null && last.rows() == 0) {
        return false;
      }
      step();
    }
    sink.accept(last.chunk(given++));
    return true;
  }

  private void step() {
    given = 0;
    before = last;
    last = new RowBuffer(context().allocator(), schema());
    if (before == null) {
      drain(first);
      return;
    }
    iterations++;
    if (iterations > iterationsMax) {
      throw new TerraneException(
          ErrorCode.RECURSION_TOO_DEEP,
          "Recursive query aborted after "
              + iterations
              + " iterations. Try increasing @@cte_max_recursion_depth to a larger value.");
    }
    working.set(before);
    try (BatchStream rows = iteration.apply(context())) {
      drain(rows);
    }
    before.close();
    before = null;
  }

  private void drain(BatchStream rows) {
    while (rows.advance(this::keep)) {
      context().checkCancelled();
    }
  }

  private void keep(VectorSchemaRoot rows) {
    if (!distinct) {
      last.append(rows);
      return;
    }
    batch.load(rows);
    Column[] columns = new Column[rows.getFieldVectors().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    encoder.encode(columns, rows.getRowCount());
    int[] selected = new int[rows.getRowCount()];
    int count = 0;
    for (int i = 0; i < rows.getRowCount(); i++) {
      int known = seen.size();
      if (seen.findOrAdd(encoder.data(), encoder.start(i), encoder.end(i)) == known) {
        selected[count++] = i;
      }
    }
    last.append(rows, selected, count);
  }

  @Override
  void release() {
    if (before != null) {
      before.close();
    }
    if (last != null) {
      last.close();
    }
    seen.close();
    first.close();
  }
}
