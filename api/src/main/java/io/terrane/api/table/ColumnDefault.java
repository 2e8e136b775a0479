package io.terrane.api.table;

import java.util.Objects;

/**
 * What a column gets when an INSERT leaves it out: a value, or the time of the statement.
 *
 * @param kind which of the two
 * @param value the value, of the column's type; for CURRENT_TIMESTAMP a NULL
 */
public record ColumnDefault(Kind kind, Datum value) {
  /** The names are persisted. */
  public enum Kind {
    VALUE,
    CURRENT_TIMESTAMP
  }

  public ColumnDefault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
  }

  public static ColumnDefault value(Datum value) {
    return new ColumnDefault(Kind.VALUE, value);
  }

  public static ColumnDefault currentTimestamp() {
    return new ColumnDefault(Kind.CURRENT_TIMESTAMP, Datum.NULL);
  }
}
