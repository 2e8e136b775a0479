package io.terrane.query.exec;

/** Whether a set operation counts duplicates. */
public enum SetMode {
  ALL,
  DISTINCT
}
