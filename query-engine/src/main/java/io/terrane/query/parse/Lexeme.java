package io.terrane.query.parse;

/**
 * A word, literal or symbol of a text.
 *
 * @param start offset of its first character in the text as the client sent it
 * @param end offset behind its last
 * @param text as written; for STRING and QUOTED the content without quotes and escapes
 */
record Lexeme(Kind kind, int start, int end, String text) {
  enum Kind {
    WORD,
    /** A name in backticks, or in double quotes under ANSI_QUOTES. */
    QUOTED,
    STRING,
    /** Hexadecimal digits of a binary literal. */
    BYTES,
    NUMBER,
    /** {@code @x}, {@code @@x}, {@code @@session.x}; with its at signs. */
    VARIABLE,
    SYMBOL
  }

  Lexeme endingAt(int offset) {
    return new Lexeme(kind, start, offset, text);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }
}
