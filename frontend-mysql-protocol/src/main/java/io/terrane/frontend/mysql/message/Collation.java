package io.terrane.frontend.mysql.message;

/** The collation numbers this server sends; every text is utf8mb4, whatever a client asked for. */
public enum Collation {
  /** Column values and names that are text. */
  UTF8MB4_0900_AI_CI(255),
  /** Bytes, and everything that is no text, as MySQL has it. */
  BINARY(63);

  private final int number;

  Collation(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
