package io.terrane.query.parse;

import java.util.Optional;
import org.apache.calcite.sql.SqlKind;

/**
 * An INSERT … VALUES or REPLACE … VALUES that is read without a tree: a plain head, then a cursor
 * over rows of plain literals. At the first thing that is not plain (an expression, a comment, a
 * clause behind the rows, a mistake) the cursor stops and {@link #isPlain} says so; the statement
 * is then to be read by {@link SqlParsing} from its beginning. Literals mean what {@code Scanner}
 * and the grammar make of them. Not thread-safe.
 */
public final class InsertText {
  private static final int EXACT_DIGITS_MAX = 18;
  private static final int DOUBLE_DIGITS_MAX = 15;

  /** ASCII's last; of the characters below, those above the blank are no blanks. */
  private static final char ASCII_MAX = 0x7f;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  /** What stands in a cell. */
  public enum Cell {
    NUMBER,
    STRING,
    NULL,
    DEFAULT,
    TRUE,
    FALSE,
    PARAMETER,
    /** Something that is not plain. */
    OTHER
  }

  private final String text;
  private final MySqlLexis lexis;
  private final int headEnd;
  private int at;
  private boolean plain = true;
  private boolean rowEnded = true;
  private int rows;
  // The literal under the cursor.
  private int start;
  private int end;
  private boolean escaped;
  private boolean negative;
  private boolean approximate;
  private int digits;
  private int scale;
  private long mantissa;

  private InsertText(String text, MySqlLexis lexis, int headEnd) {
    this.text = text;
    this.lexis = lexis;
    this.headEnd = headEnd;
    this.at = headEnd;
  }

  /** A cursor before the first row; empty if the text does not begin as a plain INSERT does. */
  public static Optional<InsertText> of(String text, MySqlLexis lexis) {
    int end = InsertHead.end(text);
    return end < 0 ? Optional.empty() : Optional.of(new InsertText(text, lexis, end));
  }

  /** What stands before the first row. */
  public String head() {
    return text.substring(0, headEnd);
  }

  /** The head's statement, with one row of one NULL; empty if it is not an INSERT of VALUES. */
  public Optional<Statement.Insert> parseHead() {
    Statement statement = SqlParsing.parse(head() + " (NULL)", lexis).statement();
    return statement instanceof Statement.Insert insert
            && insert.node().getSource().getKind() == SqlKind.VALUES
        ? Optional.of(insert)
        : Optional.empty();
  }

  public MySqlLexis lexis() {
    return lexis;
  }

  /** No more rows than this can follow if each has this many cells. */
  public int rowsMax(int cells) {
    int count = 0;
    for (int i = text.indexOf(')', at); i >= 0; i = text.indexOf(')', i + 1)) {
      count++;
    }
    return Math.min(count, (text.length() - headEnd) / (2 * cells + 1) + 1);
  }

  /** Whether everything read so far was plain. */
  public boolean isPlain() {
    return plain;
  }

  /** Number of rows begun. */
  public int rows() {
    return rows;
  }

  /** Goes to the next row; false behind the last and where the text stops being plain. */
  public boolean nextRow() {
    char c = peek();
    if (rows > 0) {
      boolean terminated = c == ';';
      if (terminated) {
        at++;
        c = peek();
      }
      if (at == text.length()) {
        return false;
      }
      if (c != ',' || terminated) {
        return stop();
      }
      at++;
      c = peek();
    }
    if (c != '(') {
      return stop();
    }
    at++;
    rows++;
    rowEnded = false;
    return true;
  }

  /** Whether the cell read last was its row's last. */
  public boolean rowEnded() {
    return rowEnded;
  }

  /** Reads the next cell of the row. */
  public Cell nextCell() {
    Cell cell = literal(peek());
    if (cell != Cell.OTHER) {
      char c = peek();
      if (c == ',' || c == ')') {
        at++;
        rowEnded = c == ')';
        return cell;
      }
    }
    stop();
    rowEnded = true;
    return Cell.OTHER;
  }

  private boolean stop() {
    plain = false;
    return false;
  }

  /** The next character that is no blank; 0 at the end. */
  private char peek() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c > ' ' && c < ASCII_MAX) || (!Character.isWhitespace(c) && c != 0)) {
        return c;
      }
      at++;
    }
    return 0;
  }

  private Cell literal(char c) {
    if (rowEnded) {
      return Cell.OTHER;
    }
    if (c == '\'' || (c == '"' && !lexis.ansiQuotes())) {
      return string(c);
    }
    if (c == '-' || isDigit(c)) {
      return number(c == '-');
    }
    if (c == '?') {
      at++;
      return Cell.PARAMETER;
    }
    return word("NULL", Cell.NULL, "DEFAULT", Cell.DEFAULT, "TRUE", Cell.TRUE, "FALSE", Cell.FALSE);
  }

  private Cell word(Object... wordsAndCells) {
    for (int i = 0; i < wordsAndCells.length; i += 2) {
      String word = (String) wordsAndCells[i];
      if (text.regionMatches(true, at, word, 0, word.length())) {
        at += word.length();
        return (Cell) wordsAndCells[i + 1];
      }
    }
    return Cell.OTHER;
  }

  private Cell string(char quote) {
    escaped = false;
    start = ++at;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
          escaped = true;
          at++;
        } else {
          end = at++;
          return Cell.STRING;
        }
      } else if (c == '\\' && !lexis.noBackslashEscapes()) {
        escaped = true;
        at++;
      }
    }
    return Cell.OTHER;
  }

  private Cell number(boolean minus) {
    negative = minus;
    at += minus ? 1 : 0;
    start = at;
    mantissa = 0;
    digits = 0;
    scale = 0;
    approximate = false;
    if (!digits()) {
      return Cell.OTHER;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      int whole = digits;
      if (!digits()) {
        return Cell.OTHER;
      }
      scale = digits - whole;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int before = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      if (at == before) {
        return Cell.OTHER;
      }
      approximate = true;
    }
    end = at;
    return Cell.NUMBER;
  }

  /** Reads digits into the mantissa; false if there are none. */
  private boolean digits() {
    int before = at;
    while (at < text.length()) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      mantissa = mantissa * 10 + digit;
      at++;
    }
    digits += at - before;
    return at > before;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether the number is a whole one that {@link #longValue} gives. */
  public boolean isLong() {
    return !approximate && scale == 0 && digits <= EXACT_DIGITS_MAX;
  }

  public long longValue() {
    return negative ? -mantissa : mantissa;
  }

  /** Whether the number has an exponent, and so is a floating one. */
  public boolean isApproximate() {
    return approximate;
  }

  public boolean isNegative() {
    return negative;
  }

  /** The number without its sign, as written. */
  public String unsignedText() {
    return text.substring(start, end);
  }

  /** The nearest double. An exact zero has no sign. */
  public double doubleValue() {
    double value =
        approximate || digits > DOUBLE_DIGITS_MAX
            ? Double.parseDouble(unsignedText())
            : scale == 0 ? mantissa : mantissa / POWERS_OF_TEN[scale];
    return negative && (approximate || value != 0) ? -value : value;
  }

  /** Whether the string under the cursor is this one; false also where that is not seen at once. */
  public boolean isString(String other) {
    return !escaped && other.length() == end - start && text.startsWith(other, start);
  }

  /** Characters of the string under the cursor as it is written. */
  public int length() {
    return end - start;
  }

  /**
   * Puts the string under the cursor as bytes into {@code target}, a byte for each of {@link
   * #length} characters; false if it is not all ASCII or has escapes: what was put is nothing then.
   */
  public boolean copyAscii(byte[] target, int at) {
    if (escaped) {
      return false;
    }
    int any = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      any |= c;
      target[at + i - start] = (byte) c;
    }
    return any < ASCII_MAX + 1;
  }

  /** The content of the string under the cursor. */
  public String string() {
    if (!escaped) {
      return text.substring(start, end);
    }
    char quote = text.charAt(start - 1);
    StringBuilder value = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == quote) {
        value.append(c);
        i++;
      } else if (c == '\\' && !lexis.noBackslashEscapes()) {
        i++;
        Scanner.unescape(text.charAt(i), value);
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }
}
