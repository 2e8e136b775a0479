package io.terrane.benchmarks.peer;

/** How rows reach a server of MySQL's protocol, a thousand at a time. */
public enum LoadForm {
  /** INSERT statements with the rows as text. */
  STATEMENTS,
  /** {@code executeBatch} of a prepared INSERT of a row, which drivers make fewer statements of. */
  BATCHES
}
