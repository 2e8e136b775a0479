package io.terrane.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A stored query.
 *
 * @param definition the SELECT as written
 * @param database the database in which its unqualified names are looked up
 * @param columns names given in the CREATE VIEW, or empty
 */
public record ViewInfo(
    TableId id,
    TableName name,
    String definition,
    String database,
    List<String> columns,
    Instant createdAt) {
  public ViewInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(createdAt, "createdAt");
    columns = List.copyOf(columns);
  }
}
