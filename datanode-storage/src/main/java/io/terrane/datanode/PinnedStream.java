package io.terrane.datanode;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.datanode.cache.ReadCounters;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A stream that knows what it has read, and lets go of its region's version when it is closed. One
 * thread.
 */
final class PinnedStream implements BatchStream {
  private final BatchStream rows;
  private final ReadCounters counters;
  private final Runnable release;
  private boolean closed;

  PinnedStream(BatchStream rows, ReadCounters counters, Runnable release) {
    this.rows = rows;
    this.counters = counters;
    this.release = release;
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    return rows.advance(sink);
  }

  @Override
  public ReadTraffic traffic() {
    return counters.traffic();
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
      release.run();
    }
  }
}
