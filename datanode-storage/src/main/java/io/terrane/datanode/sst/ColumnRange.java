package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a column within a batch.
 *
 * @param min smallest value that is not NULL; empty when unknown (long values) or when all are NULL
 * @param max likewise
 */
public record ColumnRange(long nulls, Optional<Datum> min, Optional<Datum> max) {
  public ColumnRange {
    Objects.requireNonNull(min, "min");
    Objects.requireNonNull(max, "max");
  }
}
