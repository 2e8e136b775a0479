package io.terrane.query.parse;

import io.terrane.api.table.ColumnIndex;
import io.terrane.query.parse.Statement.Column;
import io.terrane.query.parse.Statement.IndexClause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** One change of an ALTER TABLE, as read. */
public sealed interface Alteration {
  /**
   * Where a column goes.
   *
   * @param after the column before it; empty: it becomes the first
   */
  record Place(Optional<String> after) {}

  record AddColumn(Column column, boolean ifNotExists, Optional<Place> place)
      implements Alteration {}

  record DropColumn(String name, boolean ifExists) implements Alteration {}

  /**
   * MODIFY and CHANGE.
   *
   * @param column as it is to be, under its new name
   * @param typeOnly nothing but the type is given, and the rest is kept
   */
  record ChangeColumn(String name, Column column, boolean typeOnly, Optional<Place> place)
      implements Alteration {}

  record RenameColumn(String name, String newName) implements Alteration {}

  /**
   * @param value empty: the default is dropped
   */
  record SetDefault(String column, Optional<SqlNode> value) implements Alteration {}

  record SetIndex(String column, IndexClause index) implements Alteration {}

  record UnsetIndex(String column, ColumnIndex.Kind kind) implements Alteration {}

  record RenameTable(SqlIdentifier newName) implements Alteration {}

  record SetOptions(Map<String, String> options) implements Alteration {}

  record UnsetOptions(List<String> keys) implements Alteration {}

  record SetComment(String comment) implements Alteration {}

  record AddIndex(String name) implements Alteration {}

  record DropIndex(String name, boolean ifExists) implements Alteration {}

  /** Accepted and without effect: character sets, storage engines. */
  record NoEffect() implements Alteration {}

  /** Understood, but not done. */
  record Unsupported(String what) implements Alteration {}
}
