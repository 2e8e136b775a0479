package io.terrane.query.function.text;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.function.text.SearchPattern.Sign;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link SearchPattern}; INVALID_ARGUMENT where the text is none. */
final class SearchPatternReader {
  /** Groups within groups. */
  private static final int DEPTH_MAX = 64;

  private final String source;
  private int at;
  private int depth;

  private SearchPatternReader(String source) {
    this.source = source;
  }

  static SearchPattern read(String source) {
    SearchPatternReader reader = new SearchPatternReader(source);
    SearchPattern pattern = reader.any();
    if (reader.at < source.length()) {
      throw reader.invalid("unmatched ')'");
    }
    return pattern;
  }

  private SearchPattern any() {
    List<SearchPattern> patterns = new ArrayList<>();
    patterns.add(all());
    while (!atEnd()) {
      acceptWord("OR");
      patterns.add(all());
    }
    return patterns.size() == 1 ? patterns.get(0) : SearchPattern.Any.of(patterns);
  }

  private SearchPattern all() {
    List<SearchPattern> patterns = new ArrayList<>();
    patterns.add(signed());
    while (acceptWord("AND")) {
      patterns.add(signed());
    }
    return patterns.size() == 1 ? patterns.get(0) : new SearchPattern.All(patterns);
  }

  private SearchPattern signed() {
    if (atEnd()) {
      throw invalid("a term is missing");
    }
    Sign sign =
        switch (source.charAt(at)) {
          case '+' -> Sign.MUST;
          case '-' -> Sign.MUST_NOT;
          default -> Sign.MAY;
        };
    if (sign != Sign.MAY) {
      at++;
    }
    return new SearchPattern.Signed(sign, primary());
  }

  private SearchPattern primary() {
    if (at == source.length()) {
      throw invalid("a term is missing");
    }
    switch (source.charAt(at)) {
      case '(' -> {
        if (++depth > DEPTH_MAX) {
          throw invalid("more than " + DEPTH_MAX + " groups in each other");
        }
        at++;
        SearchPattern group = any();
        if (at == source.length()) {
          throw invalid("unmatched '('");
        }
        at++;
        depth--;
        return group;
      }
      case '"' -> {
        int end = source.indexOf('"', at + 1);
        if (end < 0) {
          throw invalid("unmatched '\"'");
        }
        String phrase = source.substring(at + 1, end);
        at = end + 1;
        return new SearchPattern.Contains(phrase);
      }
      case '+', '-' -> throw invalid("two signs");
      default -> {
        String word = word(at);
        if (word.isEmpty() || word.equals("OR") || word.equals("AND")) {
          throw invalid("a term is missing");
        }
        at += word.length();
        return new SearchPattern.Contains(word);
      }
    }
  }

  private boolean atEnd() {
    skipBlanks();
    return at == source.length() || source.charAt(at) == ')';
  }

  private boolean acceptWord(String wanted) {
    skipBlanks();
    if (!word(at).equals(wanted)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  private String word(int from) {
    int end = from;
    while (end < source.length() && !isDelimiter(source.charAt(end))) {
      end++;
    }
    return source.substring(from, end);
  }

  private static boolean isDelimiter(char c) {
    return Character.isWhitespace(c) || c == '(' || c == ')' || c == '"';
  }

  private void skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
  }

  private TerraneException invalid(String why) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT,
        "Invalid search pattern '" + source + "': " + why + " at position " + (at + 1));
  }
}
