package io.terrane.api.table;

import java.util.Objects;
import java.util.Optional;

/**
 * One column.
 *
 * @param id stable number within the table; survives renames, never used again after a drop
 * @param defaultValue empty: NULL where nullable, else the column must be given
 * @param backfill what rows hold that were written before the column was added; empty: NULL
 */
public record ColumnSchema(
    int id,
    String name,
    DataType type,
    boolean nullable,
    SemanticType semanticType,
    Optional<ColumnDefault> defaultValue,
    String comment,
    Optional<Datum> backfill) {
  public ColumnSchema {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(semanticType, "semanticType");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(backfill, "backfill");
  }

  /** A column that the table has had from the beginning. */
  public ColumnSchema(
      int id,
      String name,
      DataType type,
      boolean nullable,
      SemanticType semanticType,
      Optional<ColumnDefault> defaultValue,
      String comment) {
    this(id, name, type, nullable, semanticType, defaultValue, comment, Optional.empty());
  }

  /** A plain nullable field, as system tables have them. */
  public static ColumnSchema field(int id, String name, DataType type) {
    return new ColumnSchema(id, name, type, true, SemanticType.FIELD, Optional.empty(), "");
  }
}
