package io.terrane.query.show;

import java.util.Locale;

/** LIKE over names: {@code %} any text, {@code _} any character, backslash escapes; no case. */
final class LikePattern {
  private final String pattern;

  LikePattern(String pattern) {
    this.pattern = pattern.toLowerCase(Locale.ROOT);
  }

  boolean matches(String text) {
    return matches(0, text.toLowerCase(Locale.ROOT), 0);
  }

  private boolean matches(int p, String text, int t) {
    int at = t;
    for (int i = p; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        while (i + 1 < pattern.length() && pattern.charAt(i + 1) == '%') {
          i++;
        }
        for (int rest = at; rest <= text.length(); rest++) {
          if (matches(i + 1, text, rest)) {
            return true;
          }
        }
        return false;
      }
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        c = pattern.charAt(i);
      } else if (c == '_' && at < text.length()) {
        at++;
        continue;
      }
      if (at >= text.length() || text.charAt(at) != c) {
        return false;
      }
      at++;
    }
    return at == text.length();
  }
}
