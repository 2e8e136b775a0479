package io.terrane.api.table;

/** What a column is for; the names are GreptimeDB's. */
public enum SemanticType {
  /** Part of the primary key. */
  TAG,
  /** An ordinary value. */
  FIELD,
  /** The time index. */
  TIMESTAMP
}
