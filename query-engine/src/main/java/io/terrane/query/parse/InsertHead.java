package io.terrane.query.parse;

/** Finds where the rows of a plain INSERT … VALUES begin. */
final class InsertHead {
  private InsertHead() {}

  /**
   * The offset behind VALUES; negative if the text is no INSERT or REPLACE, or one whose head holds
   * more than names, commas and parentheses.
   */
  static int end(String text) {
    int at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (!text.regionMatches(true, at, "INSERT", 0, 6)
        && !text.regionMatches(true, at, "REPLACE", 0, 7)) {
      return -1;
    }
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isNamePart(c)) {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
          at++;
        }
        if (depth == 0 && at - start == 6 && text.regionMatches(true, start, "VALUES", 0, 6)) {
          return at;
        }
      } else if (c == '`') {
        at = text.indexOf('`', at + 1) + 1;
        if (at == 0) {
          return -1;
        }
      } else if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
        at++;
      } else if (c == ',' || c == '.' || Character.isWhitespace(c)) {
        at++;
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }
}
