package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.Datum;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A stream that remembers which values some of its columns have had, NULL aside, as long as they
 * are few. One thread.
 */
public final class KeyValueSets implements BatchStream {
  /** Values of a column beyond which they are not remembered. */
  private static final int VALUES_MAX = 1024;

  private final BatchStream rows;
  private final List<Integer> columns;
  private final List<Column> registers = new ArrayList<>();
  private final List<Optional<Set<Datum>>> values = new ArrayList<>();
  private long count;
  private boolean ended;

  /** Takes over {@code rows}. */
  public KeyValueSets(BatchStream rows, List<Integer> columns) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
    for (int column : columns) {
      registers.add(new Column(Batch.typesOf(rows.schema()).get(column)));
      values.add(Optional.of(new LinkedHashSet<>()));
    }
  }

  /** Whether the stream came to its end without a row. */
  public boolean isEmpty() {
    return ended && count == 0;
  }

  /** The values of the n-th remembered column; empty if they are many or not all known yet. */
  public Optional<Set<Datum>> values(int n) {
    return ended ? values.get(n) : Optional.empty();
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    boolean more =
        rows.advance(
            batch -> {
              remember(batch);
              sink.accept(batch);
            });
    ended |= !more;
    return more;
  }

  private void remember(VectorSchemaRoot batch) {
    count += batch.getRowCount();
    for (int n = 0; n < columns.size(); n++) {
      if (values.get(n).isEmpty()) {
        continue;
      }
      Set<Datum> known = values.get(n).get();
      Column column = registers.get(n);
      ArrowColumns.read(batch.getVector(columns.get(n)), batch.getRowCount(), column);
      for (int row = 0; row < batch.getRowCount() && known.size() <= VALUES_MAX; row++) {
        if (!column.isNull(row)) {
          known.add(column.datumAt(row));
        }
      }
      if (known.size() > VALUES_MAX) {
        values.set(n, Optional.empty());
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
