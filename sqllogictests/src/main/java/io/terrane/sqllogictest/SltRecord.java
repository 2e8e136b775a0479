package io.terrane.sqllogictest;

import java.util.List;
import java.util.Optional;

/** One record of a file. {@code line} is where it begins, counted from 1. */
public sealed interface SltRecord {
  int line();

  /**
   * A statement whose rows do not matter.
   *
   * @param expectation whether it must succeed
   */
  record Statement(int line, String sql, Expectation expectation, Optional<Integer> errno)
      implements SltRecord {}

  /** What a statement must do. */
  enum Expectation {
    OK,
    ERROR,
    /** Upstream's {@code statement maybe}. */
    EITHER
  }

  /**
   * A query and the values it must give.
   *
   * @param types one letter a column: T text, I integer, R real; empty when not given
   * @param expected the lines behind {@code ----}
   */
  record Query(
      int line, String sql, String types, SortMode sort, String label, List<String> expected)
      implements SltRecord {
    public Query {
      expected = List.copyOf(expected);
    }
  }

  /** How values are ordered before they are compared. */
  enum SortMode {
    NOSORT,
    ROWSORT,
    VALUESORT
  }

  /** Results of more values than this are expected as a count and an MD5. */
  record HashThreshold(int line, int values) implements SltRecord {}

  /** The rest of the file is not run. */
  record Halt(int line) implements SltRecord {}
}
