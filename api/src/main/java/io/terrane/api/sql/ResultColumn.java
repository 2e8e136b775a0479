package io.terrane.api.sql;

import io.terrane.api.table.DataType;
import java.util.Objects;

/**
 * A column of a result as a client is told of it.
 *
 * @param database of the base table, empty for expressions, as are {@code table} and {@code column}
 * @param keyPart the base column is part of the primary key
 */
public record ResultColumn(
    String name,
    DataType type,
    boolean nullable,
    String database,
    String table,
    String column,
    boolean keyPart) {
  public ResultColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(column, "column");
  }

  public static ResultColumn expression(String name, DataType type) {
    return new ResultColumn(name, type, true, "", "", "", false);
  }
}
