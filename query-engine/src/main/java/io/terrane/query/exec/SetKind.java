package io.terrane.query.exec;

/** Set operations other than UNION. */
public enum SetKind {
  INTERSECT,
  EXCEPT
}
