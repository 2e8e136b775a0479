package io.terrane.api.table;

import java.util.Objects;
import java.util.Optional;

/**
 * One column.
 *
 * @param id stable number within the table; survives renames, never used again after a drop
 * @param defaultValue empty: NULL where nullable, else the column must be given
 */
public record ColumnSchema(
    int id,
    String name,
    DataType type,
    boolean nullable,
    SemanticType semanticType,
    Optional<ColumnDefault> defaultValue,
    String comment) {
  public ColumnSchema {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(semanticType, "semanticType");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(comment, "comment");
  }

  /** A plain nullable field, as system tables have them. */
  public static ColumnSchema field(int id, String name, DataType type) {
    return new ColumnSchema(id, name, type, true, SemanticType.FIELD, Optional.empty(), "");
  }
}
