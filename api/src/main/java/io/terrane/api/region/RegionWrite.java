package io.terrane.api.region;

import java.util.Objects;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows for one region, taken whole or not at all.
 *
 * @param epoch the leader's epoch according to the sender's route
 * @param schemaVersion of the table's schema that {@code rows} follow; a region that is under
 *     another refuses with SCHEMA_CHANGED
 * @param rows UPSERT and INSERT_UNIQUE: all declared columns in declared order; DELETE: the key
 *     columns in key order. Stays the sender's, who may reuse it when the write's future completes.
 */
public record RegionWrite(
    RegionId region,
    RegionEpoch epoch,
    int schemaVersion,
    WriteId id,
    WriteMode mode,
    VectorSchemaRoot rows) {
  public RegionWrite {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(rows, "rows");
  }
}
