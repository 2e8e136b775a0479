package io.terrane.query.function;

/** Where a call may run. */
public enum Placement {
  ANYWHERE,
  /** Only where the session is: it needs the session or services of the frontend. */
  FRONTEND_ONLY
}
