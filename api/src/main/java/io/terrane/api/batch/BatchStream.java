package io.terrane.api.batch;

import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Lends Arrow batches one at a time: {@code while (stream.advance(sink)) {}}.
 *
 * <p>Never shared between threads. {@code advance} may block on storage or a wire. After an
 * exception the stream may only be closed. Batches may be empty.
 */
public interface BatchStream extends AutoCloseable {
  Schema schema();

  /** Lends one batch to {@code sink} and answers true, or answers false when there is none left. */
  boolean advance(BatchSink sink);

  /** What was read so far; all of it once {@code advance} has answered false. */
  default ReadTraffic traffic() {
    return ReadTraffic.NONE;
  }

  /**
   * Releases all memory and stops the work behind; may be called at any time, any number of times.
   */
  @Override
  void close();
}
