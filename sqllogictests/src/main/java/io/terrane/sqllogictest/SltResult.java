package io.terrane.sqllogictest;

import java.util.List;

/** How a file went. */
public record SltResult(int passed, int skipped, List<Failure> failures) {
  public SltResult {
    failures = List.copyOf(failures);
  }

  /** One record that did not do what it must. */
  public record Failure(int line, String sql, String reason) {
    @Override
    public String toString() {
      return "line " + line + ": " + reason + "\n  " + sql.replace("\n", "\n  ");
    }
  }
}
