package io.terrane.query.exec;

/** Which half of an aggregation an operator does. */
public enum AggregatePhase {
  /** Rows to values. */
  SINGLE,
  /** Rows to states. */
  PARTIAL,
  /** States to values. */
  FINAL
}
