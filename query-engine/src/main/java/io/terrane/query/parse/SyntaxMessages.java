package io.terrane.query.parse;

/** MySQL's wording of error 1064, on which clients match. */
final class SyntaxMessages {
  private static final int NEAR_CHARS_MAX = 80;

  private SyntaxMessages() {}

  static String near(String text, int offset, int line) {
    int end = Math.min(text.length(), offset + NEAR_CHARS_MAX);
    return "You have an error in your SQL syntax; check the manual for the right syntax to use near '"
        + text.substring(Math.min(offset, text.length()), end)
        + "' at line "
        + line;
  }

  /** Line of an offset, from 1. */
  static int line(String text, int offset) {
    return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
  }
}
