package io.terrane.query.plan;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.Datum;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one statement is planned with.
 *
 * @param database the session's current database, empty if none
 * @param timeZone the session's; expressions that read it are pushed down only where it is UTC
 * @param parameters values of the markers; absent while a statement is only described
 */
public record PlanContext(
    CatalogSnapshot catalog, String database, ZoneId timeZone, Optional<List<Datum>> parameters) {
  public PlanContext {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(timeZone, "timeZone");
    parameters = parameters.map(List::copyOf);
  }

  /** A statement without markers. */
  public static PlanContext of(CatalogSnapshot catalog, String database, ZoneId timeZone) {
    return new PlanContext(catalog, database, timeZone, Optional.of(List.of()));
  }
}
