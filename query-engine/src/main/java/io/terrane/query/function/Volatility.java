package io.terrane.query.function;

/** When a call with the same arguments may give another value. */
public enum Volatility {
  /** Never. */
  IMMUTABLE,
  /** From statement to statement: may be folded while planning, not kept in a cached plan. */
  STABLE,
  /** Any time: never folded, never pushed down, run exactly once per row. */
  VOLATILE
}
