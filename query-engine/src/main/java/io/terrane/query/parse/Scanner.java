package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads MySQL's lexical forms (manual, "Language Structure"): four kinds of comments, executable
 * comments, quotes with and without backslash escapes, binary literals, variables. One pass, no
 * regular expressions.
 */
final class Scanner {
  /** Executable comments for newer servers than this stay comments. */
  private static final int VERSION_ID = 80_400;

  private static final String[] SYMBOLS = {
    "<=>", "->>", "||", "&&", "<=", ">=", "<>", "!=", ":=", "::", "<<", ">>", "->", "=="
  };

  private final String text;
  private final MySqlLexis lexis;
  private final List<Lexeme> lexemes = new ArrayList<>();
  private int at;
  private int executableComments;

  Scanner(String text, MySqlLexis lexis) {
    this.text = text;
    this.lexis = lexis;
  }

  /** All lexemes of the text, semicolons included. */
  List<Lexeme> scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || c == 0) {
        at++;
      } else if (!skipComment(c)) {
        lexemes.add(next(c));
      }
    }
    return lexemes;
  }

  private boolean skipComment(char c) {
    if (c == '#' || (c == '-' && isDashComment())) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
      return true;
    }
    if (c == '*' && executableComments > 0 && text.startsWith("*/", at)) {
      executableComments--;
      at += 2;
      return true;
    }
    if (c != '/' || !text.startsWith("/*", at)) {
      return false;
    }
    if (text.startsWith("/*!", at) && enterExecutableComment()) {
      return true;
    }
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw unterminated("comment", at);
    }
    at = end + 2;
    return true;
  }

  private boolean isDashComment() {
    if (!text.startsWith("--", at)) {
      return false;
    }
    if (at + 2 == text.length() || text.charAt(at + 2) <= ' ' || text.charAt(at + 2) == 0x7f) {
      return true;
    }
    // GreptimeDB's cases leave out the blank that MySQL asks for; a line never starts so otherwise.
    char next = text.charAt(at + 2);
    return (next == '-' || Character.isLetter(next)) && text.substring(lineStart(), at).isBlank();
  }

  private int lineStart() {
    return text.lastIndexOf('\n', at) + 1;
  }

  private boolean enterExecutableComment() {
    int digits = at + 3;
    while (digits < text.length() && digits < at + 9 && isDigit(text.charAt(digits))) {
      digits++;
    }
    int count = digits - at - 3;
    if (count >= 5 && Integer.parseInt(text.substring(at + 3, digits)) > VERSION_ID) {
      return false;
    }
    at = count >= 5 ? digits : at + 3;
    executableComments++;
    return true;
  }

  private Lexeme next(char c) {
    int start = at;
    return switch (c) {
      case '\'' -> new Lexeme(Lexeme.Kind.STRING, start, at, string('\'')).endingAt(at);
      case '"' ->
          lexis.ansiQuotes()
              ? new Lexeme(Lexeme.Kind.QUOTED, start, at, name('"')).endingAt(at)
              : new Lexeme(Lexeme.Kind.STRING, start, at, string('"')).endingAt(at);
      case '`' -> new Lexeme(Lexeme.Kind.QUOTED, start, at, name('`')).endingAt(at);
      case '@' -> new Lexeme(Lexeme.Kind.VARIABLE, start, at, variable()).endingAt(at);
      default -> {
        if (isDigit(c) || (c == '.' && isNumberAfterPoint())) {
          yield number();
        }
        yield isNameChar(c) ? word() : symbol();
      }
    };
  }

  private boolean isNumberAfterPoint() {
    if (at + 1 >= text.length() || !isDigit(text.charAt(at + 1))) {
      return false;
    }
    if (lexemes.isEmpty()) {
      return true;
    }
    Lexeme last = lexemes.get(lexemes.size() - 1);
    return !(last.isName() && last.end() == at);
  }

  private Lexeme number() {
    int start = at;
    if (text.charAt(at) == '0' && at + 1 < text.length()) {
      char mark = text.charAt(at + 1);
      if (mark == 'x' || mark == 'b') {
        int end = at + 2;
        while (end < text.length() && isNameChar(text.charAt(end))) {
          end++;
        }
        String digits = text.substring(at + 2, end);
        if (!digits.isEmpty() && digits.chars().allMatch(d -> isDigitOf(d, mark))) {
          at = end;
          return new Lexeme(
              Lexeme.Kind.BYTES, start, end, mark == 'x' ? even(digits) : bitsToHex(digits));
        }
      }
    }
    skipDigits();
    boolean fraction = at < text.length() && text.charAt(at) == '.';
    if (fraction) {
      at++;
      skipDigits();
    }
    boolean exponent = skipExponent();
    if (!fraction && !exponent && at < text.length() && isNameChar(text.charAt(at))) {
      return word(start);
    }
    return new Lexeme(Lexeme.Kind.NUMBER, start, at, text.substring(start, at));
  }

  private boolean skipExponent() {
    if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return false;
    }
    int digits = at + 1;
    if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
      digits++;
    }
    if (digits >= text.length() || !isDigit(text.charAt(digits))) {
      return false;
    }
    at = digits;
    skipDigits();
    return true;
  }

  private void skipDigits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private Lexeme word() {
    return word(at);
  }

  private Lexeme word(int start) {
    while (at < text.length() && isNameChar(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == '\'') {
      String folded = word.toLowerCase(Locale.ROOT);
      if (folded.equals("x")) {
        return new Lexeme(Lexeme.Kind.BYTES, start, at, even(string('\''))).endingAt(at);
      } else if (folded.equals("b")) {
        return new Lexeme(Lexeme.Kind.BYTES, start, at, bitsToHex(string('\''))).endingAt(at);
      } else if (folded.equals("n") || folded.startsWith("_utf8")) {
        return new Lexeme(Lexeme.Kind.STRING, start, at, string('\'')).endingAt(at);
      }
    }
    return new Lexeme(Lexeme.Kind.WORD, start, at, word);
  }

  private Lexeme symbol() {
    int start = at;
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return new Lexeme(Lexeme.Kind.SYMBOL, start, at, symbol);
      }
    }
    at++;
    return new Lexeme(Lexeme.Kind.SYMBOL, start, at, text.substring(start, at));
  }

  private String variable() {
    int start = at;
    at++;
    if (at < text.length() && text.charAt(at) == '@') {
      at++;
    }
    StringBuilder name = new StringBuilder(text.substring(start, at));
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '`' || (name.length() == 1 && (c == '\'' || c == '"'))) {
        name.append(name(c));
      } else if (isNameChar(c) || c == '.') {
        name.append(c);
        at++;
      } else {
        break;
      }
    }
    return name.toString();
  }

  private String name(char quote) {
    int start = at;
    StringBuilder name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != quote) {
        name.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        name.append(c);
        at++;
      } else {
        at++;
        return name.toString();
      }
    }
    throw unterminated("quoted name", start);
  }

  private String string(char quote) {
    int start = at;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && !lexis.noBackslashEscapes() && at + 1 < text.length()) {
        at++;
        unescape(text.charAt(at), value);
      } else if (c != quote) {
        value.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        value.append(c);
        at++;
      } else {
        at++;
        return value.toString();
      }
    }
    throw unterminated("string", start);
  }

  /** MySQL manual, "String Literals"; {@code \%} and {@code \_} keep their backslash. */
  static void unescape(char c, StringBuilder value) {
    switch (c) {
      case '0' -> value.append('\0');
      case 'b' -> value.append('\b');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'Z' -> value.append('\u001a');
      case '%', '_' -> value.append('\\').append(c);
      default -> value.append(c);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDigitOf(int c, char mark) {
    return mark == 'b' ? c == '0' || c == '1' : Character.digit(c, 16) >= 0;
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }

  private static String even(String digits) {
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  private static String bitsToHex(String bits) {
    if (bits.isEmpty()) {
      return "";
    }
    StringBuilder hex = new StringBuilder();
    String padded = "0".repeat((8 - bits.length() % 8) % 8) + bits;
    for (int i = 0; i < padded.length(); i += 4) {
      hex.append(Integer.toHexString(Integer.parseInt(padded.substring(i, i + 4), 2)));
    }
    return hex.toString();
  }

  private TerraneException unterminated(String what, int start) {
    String message = SyntaxMessages.near(text, start, SyntaxMessages.line(text, start));
    return new TerraneException(ErrorCode.SYNTAX_ERROR, message + " (unterminated " + what + ")");
  }
}
