package io.terrane.api.batch;

import org.apache.arrow.vector.VectorSchemaRoot;

/** Takes a lent batch. */
@FunctionalInterface
public interface BatchSink {
  /** {@code batch} is valid inside the call only; copy or transfer what is kept. */
  void accept(VectorSchemaRoot batch);
}
