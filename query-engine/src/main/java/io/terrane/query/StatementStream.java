package io.terrane.query;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import java.util.function.LongConsumer;
import org.apache.arrow.vector.types.pojo.Schema;

/** A result on its way to the client: stops when told, counts rows, ends its statement on close. */
final class StatementStream implements BatchStream {
  private final BatchStream rows;
  private final RunningStatement running;
  private final LongConsumer counted;
  private long count;
  private boolean closed;

  /**
   * @param counted is told the number of rows on close
   */
  StatementStream(BatchStream rows, RunningStatement running, LongConsumer counted) {
    this.rows = rows;
    this.running = running;
    this.counted = counted;
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    try {
      running.check();
      return rows.advance(
          batch -> {
            count += batch.getRowCount();
            sink.accept(batch);
          });
    } catch (RuntimeException failure) {
      throw running.failure(failure);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rows.close();
    } finally {
      running.end();
      counted.accept(count);
    }
  }
}
