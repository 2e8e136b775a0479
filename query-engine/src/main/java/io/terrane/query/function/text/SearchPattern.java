package io.terrane.query.function.text;

import java.util.List;

/**
 * A condition on a text, as {@code MATCHES} takes it: terms and groups, each with {@code +} (must
 * be there), {@code -} (must not) or neither (may be there), joined by AND or OR. What merely
 * stands side by side is joined by OR; AND binds closer.
 */
sealed interface SearchPattern {
  boolean matches(String text);

  /** Says what a pattern's presence or absence means beside others. */
  enum Sign {
    MUST,
    MAY,
    MUST_NOT
  }

  /** A term, a quoted phrase or a group, with its sign. */
  record Signed(Sign sign, SearchPattern pattern) implements SearchPattern {
    @Override
    public boolean matches(String text) {
      return pattern.matches(text) != (sign == Sign.MUST_NOT);
    }
  }

  /** Contained anywhere; case counts. */
  record Contains(String part) implements SearchPattern {
    @Override
    public boolean matches(String text) {
      return text.contains(part);
    }
  }

  /** Every one of them. */
  record All(List<SearchPattern> patterns) implements SearchPattern {
    @Override
    public boolean matches(String text) {
      return patterns.stream().allMatch(pattern -> pattern.matches(text));
    }
  }

  /**
   * Those that must and those that must not hold, and one of the others; where something must be
   * there, what may be there no longer matters.
   */
  record Any(List<SearchPattern> demanded, List<SearchPattern> choice) implements SearchPattern {
    static SearchPattern of(List<SearchPattern> patterns) {
      List<SearchPattern> demanded =
          patterns.stream().filter(pattern -> sign(pattern) != Sign.MAY).toList();
      boolean anyMust = patterns.stream().anyMatch(pattern -> sign(pattern) == Sign.MUST);
      List<SearchPattern> choice =
          patterns.stream()
              .filter(pattern -> sign(pattern) == Sign.MAY)
              .filter(pattern -> !anyMust || !(pattern instanceof Signed))
              .toList();
      return new Any(demanded, choice);
    }

    private static Sign sign(SearchPattern pattern) {
      return pattern instanceof Signed signed ? signed.sign() : Sign.MAY;
    }

    @Override
    public boolean matches(String text) {
      return demanded.stream().allMatch(pattern -> pattern.matches(text))
          && (choice.isEmpty() || choice.stream().anyMatch(pattern -> pattern.matches(text)));
    }
  }
}
