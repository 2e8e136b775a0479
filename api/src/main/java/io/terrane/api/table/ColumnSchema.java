package io.terrane.api.table;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One column.
 *
 * @param id stable number within the table; survives renames, never used again after a drop
 * @param defaultValue empty: NULL where nullable, else the column must be given
 * @param backfill what rows hold that were written before the column was added; empty: NULL
 * @param indexes at most one of a kind, in the order of the kinds
 */
public record ColumnSchema(
    int id,
    String name,
    DataType type,
    boolean nullable,
    SemanticType semanticType,
    Optional<ColumnDefault> defaultValue,
    String comment,
    Optional<Datum> backfill,
    List<ColumnIndex> indexes) {
  public ColumnSchema {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(semanticType, "semanticType");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(backfill, "backfill");
    indexes = indexes.stream().sorted(Comparator.comparing(ColumnIndex::kind)).toList();
    if (indexes.stream().map(ColumnIndex::kind).distinct().count() < indexes.size()) {
      throw new IllegalArgumentException("column " + name + " has two indexes of a kind");
    }
  }

  /** A column without indexes. */
  public ColumnSchema(
      int id,
      String name,
      DataType type,
      boolean nullable,
      SemanticType semanticType,
      Optional<ColumnDefault> defaultValue,
      String comment,
      Optional<Datum> backfill) {
    this(id, name, type, nullable, semanticType, defaultValue, comment, backfill, List.of());
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

  /** The same column under another name. */
  public ColumnSchema withName(String newName) {
    return new ColumnSchema(
        id, newName, type, nullable, semanticType, defaultValue, comment, backfill, indexes);
  }

  /** The same column with another default. */
  public ColumnSchema withDefault(Optional<ColumnDefault> value) {
    return new ColumnSchema(
        id, name, type, nullable, semanticType, value, comment, backfill, indexes);
  }

  /** The same column with other indexes. */
  public ColumnSchema withIndexes(List<ColumnIndex> others) {
    return new ColumnSchema(
        id, name, type, nullable, semanticType, defaultValue, comment, backfill, others);
  }

  /** The index of a kind. */
  public Optional<ColumnIndex> index(ColumnIndex.Kind kind) {
    return indexes.stream().filter(index -> index.kind() == kind).findFirst();
  }

  /** A plain nullable field, as system tables have them. */
  public static ColumnSchema field(int id, String name, DataType type) {
    return new ColumnSchema(id, name, type, true, SemanticType.FIELD, Optional.empty(), "");
  }
}
