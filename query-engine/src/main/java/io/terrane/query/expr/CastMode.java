package io.terrane.query.expr;

/** What happens to a value that has no counterpart in the target type. */
public enum CastMode {
  /** As CAST in MySQL: numeric prefixes are read, no number is 0, no date is NULL. */
  LENIENT,
  /** As TRY_CAST: NULL. */
  TRY,
  /** As a write in strict mode: an error with the value in it. */
  STRICT
}
