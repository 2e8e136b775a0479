package io.terrane.api.table;

/** Number of a table, from 1024 for user tables; never used again after a drop. */
public record TableId(int value) implements Comparable<TableId> {
  /** First number given to a user table. */
  public static final int FIRST_USER_TABLE = 1024;

  public TableId {
    if (value < 0) {
      throw new IllegalArgumentException("table id " + value + " is negative");
    }
  }

  @Override
  public int compareTo(TableId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
