package io.terrane.query.parse;

import io.terrane.query.parse.Lexeme.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * MySQL's forms that the standard's grammar has no rule for, in the order it wants them: {@code
 * GROUP BY a WITH ROLLUP} as {@code GROUP BY ROLLUP (a)}, {@code SELECT 1 WHERE x} with its FROM
 * DUAL, {@code ~x} as a call, {@code CONVERT(x, type)} as a cast, {@code x -> path} as a call of
 * {@code json_extract}, {@code INTERVAL '1 day'}, {@code '1 day'::INTERVAL} and intervals of
 * MySQL's compound units as calls of {@code period}. Added lexemes are empty spans of the text, so
 * that messages still point to what was written.
 */
final class MissingForms {
  /** What makes an interval one of the standard's. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?i)((micro|milli|nano)?second|minute|hour|day|week|month|quarter|year)s?(_[a-z]+)?");

  private static final List<String> EXTRACT = List.of("json_extract");
  private static final List<String> UNQUOTED_EXTRACT = List.of("json_unquote", "json_extract");

  private final List<Lexeme> read;
  private final List<Lexeme> written = new ArrayList<>();

  /** Per open parenthesis, whether a SELECT in it still waits for its FROM. */
  private final Deque<Boolean> waiting = new ArrayDeque<>();

  private MissingForms(List<Lexeme> read) {
    this.read = read;
  }

  static List<Lexeme> completed(List<Lexeme> lexemes) {
    boolean complete =
        lexemes.stream()
            .noneMatch(
                l ->
                    l.isSymbol("~")
                        || l.isWord("rollup")
                        || l.isWord("where")
                        || l.isWord("convert")
                        || l.isSymbol("->")
                        || l.isSymbol("->>")
                        || l.isWord("interval"));
    return complete ? lexemes : new MissingForms(lexemes).all();
  }

  private List<Lexeme> all() {
    waiting.push(false);
    copy(0, read.size());
    return written;
  }

  private void copy(int from, int to) {
    for (int i = from; i < to; i++) {
      Lexeme lexeme = read.get(i);
      if (lexeme.isSymbol("~") && isInfix(i)) {
        if (isSymbol(i - 1, "!")) {
          written.remove(written.size() - 1);
          written.add(new Lexeme(Kind.WORD, lexeme.start(), lexeme.start(), "NOT"));
        }
        written.add(new Lexeme(Kind.WORD, lexeme.start(), lexeme.end(), "RLIKE"));
      } else if (lexeme.isSymbol("~")) {
        int end = operandEnd(i + 1, to);
        written.add(new Lexeme(Kind.QUOTED, lexeme.start(), lexeme.end(), "~"));
        written.add(added(Kind.SYMBOL, lexeme.end(), "("));
        copy(i + 1, end);
        written.add(added(Kind.SYMBOL, read.get(end - 1).end(), ")"));
        i = end - 1;
      } else if (isPeriod(i)) {
        period(lexeme, read.get(i + 1));
        i++;
      } else if (lexeme.isWord("interval") && otherUnit(i, to) > 0) {
        int unit = otherUnit(i, to);
        written.add(new Lexeme(Kind.QUOTED, lexeme.start(), lexeme.end(), "period"));
        written.add(added(Kind.SYMBOL, lexeme.end(), "("));
        copy(i + 1, unit);
        written.add(added(Kind.SYMBOL, read.get(unit).start(), ","));
        written.add(
            new Lexeme(
                Kind.STRING, read.get(unit).start(), read.get(unit).end(), read.get(unit).text()));
        written.add(added(Kind.SYMBOL, read.get(unit).end(), ")"));
        i = unit;
      } else if (extraction(i, to) > 0) {
        int arrow = extraction(i, to);
        extract(i, arrow);
        i = arrow + 1;
      } else if (lexeme.kind() == Kind.STRING
          && isSymbol(i + 1, "::")
          && i + 2 < read.size()
          && read.get(i + 2).isWord("interval")) {
        period(added(Kind.WORD, lexeme.start(), ""), lexeme);
        i += 2;
      } else if (lexeme.isWord("group") && rollup(i) > 0) {
        int with = rollup(i);
        written.add(lexeme);
        written.add(read.get(i + 1));
        written.add(added(Kind.WORD, read.get(i + 1).end(), "ROLLUP"));
        written.add(added(Kind.SYMBOL, read.get(i + 1).end(), "("));
        copy(i + 2, with);
        written.add(new Lexeme(Kind.SYMBOL, read.get(with).start(), read.get(with + 1).end(), ")"));
        i = with + 1;
      } else if (lexeme.isWord("convert") && conversion(i) > 0) {
        int split = conversion(i);
        int end = closing(i + 1);
        boolean using = read.get(split).isWord("using");
        written.add(new Lexeme(Kind.WORD, lexeme.start(), lexeme.end(), "CAST"));
        written.add(read.get(i + 1));
        copy(i + 2, split);
        written.add(new Lexeme(Kind.WORD, read.get(split).start(), read.get(split).end(), "AS"));
        if (using) {
          written.add(added(Kind.WORD, read.get(split).end(), "CHAR"));
        } else {
          copy(split + 1, end);
        }
        written.add(read.get(end));
        i = end;
      } else {
        follow(i, lexeme);
        written.add(lexeme);
      }
    }
  }

  /** Whether a {@code ~}, or the {@code !~} that ends with it, stands behind a value. */
  private boolean isInfix(int i) {
    int at = isSymbol(i - 1, "!") ? i - 2 : i - 1;
    if (at < 0) {
      return false;
    }
    Lexeme before = read.get(at);
    return switch (before.kind()) {
      case WORD -> !Words.isOperator(before.text());
      case SYMBOL -> before.isSymbol(")") || before.isSymbol("?");
      case QUOTED, STRING, BYTES, NUMBER, VARIABLE -> true;
    };
  }

  private boolean isPeriod(int i) {
    return read.get(i).isWord("interval")
        && i + 1 < read.size()
        && read.get(i + 1).kind() == Kind.STRING
        && (i + 2 == read.size() || !UNIT.matcher(read.get(i + 2).text()).matches());
  }

  /** Position of the unit, if it is one that the grammar does not know, or -1. */
  private int otherUnit(int interval, int to) {
    int depth = 0;
    for (int i = interval + 1; i < to; i++) {
      Lexeme lexeme = read.get(i);
      if (lexeme.isSymbol("(")) {
        depth++;
      } else if (lexeme.isSymbol(")")) {
        depth--;
      } else if (depth == 0 && UNIT.matcher(lexeme.text()).matches() && i > interval + 1) {
        boolean isOther =
            lexeme.kind() == Kind.WORD
                && Words.OTHER_UNITS.contains(lexeme.text().toLowerCase(Locale.ROOT));
        return isOther ? i : -1;
      }
      if (depth < 0 || (depth == 0 && lexeme.isSymbol(","))) {
        return -1;
      }
    }
    return -1;
  }

  /** Position of the arrow behind the column that starts here, or -1. */
  private int extraction(int column, int to) {
    int i = column + 1;
    if (!read.get(column).isName()) {
      return -1;
    }
    while (isSymbol(i, ".")) {
      i += 2;
    }
    boolean isArrow =
        (isSymbol(i, "->") || isSymbol(i, "->>"))
            && i + 1 < to
            && read.get(i + 1).kind() == Kind.STRING;
    return isArrow ? i : -1;
  }

  /** {@code column -> path} and {@code column ->> path} as calls. */
  private void extract(int column, int arrow) {
    Lexeme first = read.get(column);
    boolean unquote = isSymbol(arrow, "->>");
    for (String function : unquote ? UNQUOTED_EXTRACT : EXTRACT) {
      written.add(added(Kind.QUOTED, first.start(), function));
      written.add(added(Kind.SYMBOL, first.start(), "("));
    }
    written.addAll(read.subList(column, arrow));
    Lexeme path = read.get(arrow + 1);
    written.add(new Lexeme(Kind.SYMBOL, read.get(arrow).start(), read.get(arrow).end(), ","));
    written.add(path);
    for (int i = 0; i < (unquote ? UNQUOTED_EXTRACT : EXTRACT).size(); i++) {
      written.add(added(Kind.SYMBOL, path.end(), ")"));
    }
  }

  private void period(Lexeme word, Lexeme value) {
    written.add(new Lexeme(Kind.QUOTED, word.start(), word.end(), "period"));
    written.add(added(Kind.SYMBOL, word.end(), "("));
    written.add(value);
    written.add(added(Kind.SYMBOL, value.end(), ")"));
  }

  /** Adds the FROM that a WHERE stands on. */
  private void follow(int i, Lexeme lexeme) {
    if (lexeme.isSymbol("(")) {
      waiting.push(false);
    } else if (lexeme.isSymbol(")") && waiting.size() > 1) {
      waiting.pop();
    } else if (lexeme.isSymbol(";")) {
      waiting.clear();
      waiting.push(false);
    } else if (lexeme.isWord("select") || lexeme.isWord("from")) {
      waiting.pop();
      waiting.push(lexeme.isWord("select"));
    } else if (lexeme.isWord("where") && waiting.peek() && !read.get(i - 1).isSymbol(".")) {
      written.add(added(Kind.WORD, lexeme.start(), "FROM"));
      written.add(added(Kind.WORD, lexeme.start(), "DUAL"));
      waiting.pop();
      waiting.push(false);
    }
  }

  private static Lexeme added(Kind kind, int offset, String text) {
    return new Lexeme(kind, offset, offset, text);
  }

  private boolean isSymbol(int i, String symbol) {
    return i >= 0 && i < read.size() && read.get(i).isSymbol(symbol);
  }

  /** Position behind the operand of a prefix: a name, a literal, a call or parentheses. */
  private int operandEnd(int from, int to) {
    int i = from;
    while (i < to && (isSymbol(i, "~") || isSymbol(i, "-") || isSymbol(i, "+"))) {
      i++;
    }
    if (i < to && !isSymbol(i, "(")) {
      i++;
      while (isSymbol(i, ".")) {
        i += 2;
      }
    }
    if (isSymbol(i, "(")) {
      i = closing(i) + 1;
    }
    return Math.min(Math.max(i, from), to);
  }

  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < read.size(); i++) {
      if (isSymbol(i, "(")) {
        depth++;
      } else if (isSymbol(i, ")") && --depth == 0) {
        return i;
      }
    }
    return read.size() - 1;
  }

  /** Position of the comma or USING in a CONVERT with two operands, or -1. */
  private int conversion(int convert) {
    if (!isSymbol(convert + 1, "(")) {
      return -1;
    }
    int depth = 0;
    for (int i = convert + 2; i < closing(convert + 1); i++) {
      Lexeme lexeme = read.get(i);
      if (lexeme.isSymbol("(")) {
        depth++;
      } else if (lexeme.isSymbol(")")) {
        depth--;
      } else if (depth == 0 && (lexeme.isSymbol(",") || lexeme.isWord("using"))) {
        return i;
      }
    }
    return -1;
  }

  /** Position of the WITH ROLLUP that ends the GROUP BY at {@code group}, or -1. */
  private int rollup(int group) {
    int depth = 0;
    for (int i = group + 1; i + 1 < read.size() && depth >= 0; i++) {
      Lexeme lexeme = read.get(i);
      if (lexeme.isSymbol("(")) {
        depth++;
      } else if (lexeme.isSymbol(")")) {
        depth--;
      } else if (depth == 0 && (lexeme.isSymbol(";") || lexeme.isWord("having"))) {
        return -1;
      } else if (depth == 0 && lexeme.isWord("with") && read.get(i + 1).isWord("rollup")) {
        return i > group + 2 ? i : -1;
      }
    }
    return -1;
  }
}
