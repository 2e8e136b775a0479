package io.terrane.api.region;

/** What a write does with its rows. The numbers are persisted. */
public enum WriteMode {
  /** The row replaces the one with the same key. */
  UPSERT(0),
  /** Rows are marked deleted; the batch has the key columns only. */
  DELETE(1),
  /** As UPSERT, but a row whose key exists fails the whole batch with DUPLICATE_KEY. */
  INSERT_UNIQUE(2);

  private final int number;

  WriteMode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static WriteMode ofNumber(int number) {
    for (WriteMode mode : values()) {
      if (mode.number == number) {
        return mode;
      }
    }
    throw new IllegalArgumentException("no write mode " + number);
  }
}
