package io.terrane.query.exec;

/** Which rows a join gives. */
public enum JoinKind {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  /** Left rows with a match, once each; left columns only. */
  SEMI,
  /** Left rows without a match, as NOT EXISTS has it; left columns only. */
  ANTI;

  boolean givesPairs() {
    return this != SEMI && this != ANTI;
  }

  boolean keepsLeft() {
    return this == LEFT || this == FULL;
  }

  boolean keepsRight() {
    return this == RIGHT || this == FULL;
  }
}
