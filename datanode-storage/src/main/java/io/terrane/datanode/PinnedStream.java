package io.terrane.datanode;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import org.apache.arrow.vector.types.pojo.Schema;

/** A stream that lets go of its region's version when it is closed. One thread. */
final class PinnedStream implements BatchStream {
  private final BatchStream rows;
  private final Runnable release;
  private boolean closed;

  PinnedStream(BatchStream rows, Runnable release) {
    this.rows = rows;
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
