package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.time.Ticker;
import java.util.Arrays;
import java.util.Locale;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What went through a stream, and how long its reader waited for it: with all that lies below, and
 * without what the reader did with the batches. Used by one thread at a time.
 */
public final class StreamMeasure {
  private final Ticker ticker;
  private long rows;
  private long batches;
  private long bytes;
  private long nanos;
  private ReadTraffic traffic = ReadTraffic.NONE;

  public StreamMeasure(Ticker ticker) {
    this.ticker = ticker;
  }

  public long rows() {
    return rows;
  }

  public long batches() {
    return batches;
  }

  /** Of all buffers. */
  public long bytes() {
    return bytes;
  }

  /** Microseconds that the reader waited. */
  public long micros() {
    return nanos / 1_000;
  }

  /** Where the rows were read from, for a stream that knows; all of it once it has ended. */
  public ReadTraffic traffic() {
    return traffic;
  }

  /** A stream that is counted here. */
  public BatchStream around(BatchStream stream) {
    return new Measured(stream);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "rows=%d, batches=%d, bytes=%d, time=%d us", rows, batches, bytes, micros());
  }

  private void count(VectorSchemaRoot batch) {
    rows += batch.getRowCount();
    batches++;
    for (FieldVector vector : batch.getFieldVectors()) {
      bytes += Arrays.stream(vector.getBuffers(false)).mapToLong(b -> b.readableBytes()).sum();
    }
  }

  private final class Measured implements BatchStream {
    private final BatchStream stream;

    Measured(BatchStream stream) {
      this.stream = stream;
    }

    @Override
    public Schema schema() {
      return stream.schema();
    }

    @Override
    public boolean advance(BatchSink sink) {
      long started = ticker.nanos();
      long[] elsewhere = {0};
      boolean more =
          stream.advance(
              batch -> {
                count(batch);
                long lent = ticker.nanos();
                sink.accept(batch);
                elsewhere[0] += ticker.nanos() - lent;
              });
      nanos += ticker.nanos() - started - elsewhere[0];
      return more;
    }

    @Override
    public ReadTraffic traffic() {
      return stream.traffic();
    }

    @Override
    public void close() {
      stream.close();
      traffic = stream.traffic();
    }
  }
}
