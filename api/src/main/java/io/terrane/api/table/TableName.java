package io.terrane.api.table;

import java.util.Objects;

/** Database and table as written at creation; databases are what GreptimeDB calls schemas. */
public record TableName(String database, String table) {
  /** The one catalogue. */
  public static final String CATALOG = "greptime";

  /** The database a session starts in. */
  public static final String DEFAULT_DATABASE = "public";

  /** The database of the system tables. */
  public static final String INFORMATION_SCHEMA = "information_schema";

  public TableName {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
