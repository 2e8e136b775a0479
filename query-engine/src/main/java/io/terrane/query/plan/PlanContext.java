package io.terrane.query.plan;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * What a statement is planned against.
 *
 * @param database the session's current database, empty if none
 * @param parameters values of the {@code ?} markers; empty while a statement is only prepared
 * @param variables the value of an identifier that stands for a variable, empty for any other
 */
public record PlanContext(
    CatalogSnapshot catalog,
    String database,
    Optional<List<Datum>> parameters,
    Function<SqlIdentifier, Optional<Datum>> variables) {
  public PlanContext {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(variables, "variables");
    parameters = parameters.map(List::copyOf);
  }

  /** Without parameters and variables. */
  public PlanContext(CatalogSnapshot catalog, String database) {
    this(catalog, database, Optional.of(List.of()), identifier -> Optional.empty());
  }

  /** The same under another current database, as a view's definition needs. */
  PlanContext in(String other) {
    return new PlanContext(catalog, other, parameters, variables);
  }
}
