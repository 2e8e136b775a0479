package io.terrane.query.parse;

import io.terrane.query.parse.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * GreptimeDB's range queries as calls that the grammar reads: {@code max(v) RANGE '10s' FILL PREV}
 * as {@code #range(max(v), '10s', 'PREV')}, {@code ALIGN '5s' TO x BY (a) FILL PREV} as {@code
 * GROUP BY #align('5s', x, 'PREV', TRUE, a)}. What is left out is NULL; without BY there is FALSE.
 */
final class RangeForms {
  private static final int PARTS = 3;

  private final List<Lexeme> read;
  private final List<Lexeme> written = new ArrayList<>();
  private int at;

  private RangeForms(List<Lexeme> read) {
    this.read = read;
  }

  static List<Lexeme> asCalls(List<Lexeme> lexemes) {
    boolean none = lexemes.stream().noneMatch(l -> l.isWord("align") || l.isWord("range"));
    return none ? lexemes : new RangeForms(lexemes).all();
  }

  private List<Lexeme> all() {
    while (at < read.size()) {
      if (isRange()) {
        range();
      } else if (isAlign()) {
        align();
      } else {
        written.add(read.get(at++));
      }
    }
    return written;
  }

  private boolean isRange() {
    return read.get(at).isWord("range") && isValue(at + 1) && callStart() >= 0;
  }

  /** Not the {@code ALIGN} of a name or an option. */
  private boolean isAlign() {
    return read.get(at).isWord("align")
        && isValue(at + 1)
        && at > 1
        && (read.get(at - 1).isName() || read.get(at - 1).isSymbol(")") || isLiteral(at - 1));
  }

  private boolean isLiteral(int i) {
    return read.get(i).kind() == Kind.STRING || read.get(i).kind() == Kind.NUMBER;
  }

  private boolean isValue(int i) {
    return i < read.size() && (read.get(i).kind() == Kind.STRING || read.get(i).isSymbol("("));
  }

  /** Where in what is written the call begins that ends it, or -1. */
  private int callStart() {
    int depth = 0;
    for (int i = written.size() - 1; i >= 0; i--) {
      if (written.get(i).isSymbol(")")) {
        depth++;
      } else if (written.get(i).isSymbol("(")) {
        depth--;
      }
      if (depth == 0) {
        boolean isCall = i < written.size() - 1 && i > 0 && written.get(i - 1).isName();
        return isCall && !written.get(i - 1).isWord("over") ? i - 1 : -1;
      }
    }
    return -1;
  }

  private void range() {
    int start = callStart();
    int offset = written.get(start).start();
    written.add(start, symbol("(", offset));
    written.add(start, added(Kind.QUOTED, offset, "#range"));
    at++;
    comma();
    value();
    comma();
    fill();
    written.add(symbol(")", offset()));
  }

  private void align() {
    int offset = read.get(at).start();
    written.add(added(Kind.WORD, offset, "GROUP"));
    written.add(added(Kind.WORD, offset, "BY"));
    written.add(new Lexeme(Kind.QUOTED, offset, read.get(at).end(), "#align"));
    written.add(symbol("(", read.get(at).end()));
    at++;
    value();
    List<List<Lexeme>> parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(List.of(added(Kind.WORD, offset(), i == PARTS - 1 ? "FALSE" : "NULL")));
    }
    int before = written.size();
    boolean more = true;
    while (more) {
      if (accept("to")) {
        to();
        parts.set(0, taken(before));
      } else if (isWord("by") && at + 1 < read.size() && read.get(at + 1).isSymbol("(")) {
        at++;
        by();
        parts.set(2, taken(before));
      } else if (isWord("fill")) {
        fill();
        parts.set(1, taken(before));
      } else {
        more = false;
      }
    }
    for (List<Lexeme> part : parts) {
      comma();
      written.addAll(part);
    }
    written.add(symbol(")", offset()));
  }

  private List<Lexeme> taken(int from) {
    List<Lexeme> tail = written.subList(from, written.size());
    List<Lexeme> copy = List.copyOf(tail);
    tail.clear();
    return copy;
  }

  private void to() {
    if (accept("now")) {
      written.add(new Lexeme(Kind.WORD, read.get(at - 1).start(), offset(), "NOW"));
      written.add(symbol("(", offset()));
      written.add(symbol(")", offset()));
    } else if (accept("calendar")) {
      written.add(added(Kind.WORD, offset(), "NULL"));
    } else {
      value();
    }
  }

  private void by() {
    written.add(added(Kind.WORD, offset(), "TRUE"));
    int end = closing(at);
    if (end > at + 1) {
      comma();
      written.addAll(read.subList(at + 1, end));
    }
    at = Math.min(end + 1, read.size());
  }

  private void fill() {
    if (accept("fill") && at < read.size()) {
      StringBuilder text = new StringBuilder();
      if (read.get(at).isSymbol("-")) {
        text.append(read.get(at++).text());
      }
      Lexeme option = read.get(Math.min(at++, read.size() - 1));
      text.append(option.text());
      written.add(new Lexeme(Kind.STRING, option.start(), option.end(), text.toString()));
    } else {
      written.add(added(Kind.WORD, offset(), "NULL"));
    }
  }

  /** A literal, or parentheses with what is in them. */
  private void value() {
    if (at < read.size() && read.get(at).isSymbol("(")) {
      int end = Math.min(closing(at) + 1, read.size());
      written.addAll(read.subList(at, end));
      at = end;
    } else if (at < read.size()) {
      written.add(read.get(at++));
    }
  }

  private int closing(int open) {
    int depth = 0;
    for (int i = open; i < read.size(); i++) {
      if (read.get(i).isSymbol("(")) {
        depth++;
      } else if (read.get(i).isSymbol(")") && --depth == 0) {
        return i;
      }
    }
    return read.size();
  }

  private boolean isWord(String word) {
    return at < read.size() && read.get(at).isWord(word);
  }

  private boolean accept(String word) {
    if (!isWord(word)) {
      return false;
    }
    at++;
    return true;
  }

  /** Behind what was read last. */
  private int offset() {
    return read.get(Math.min(at, read.size()) - 1).end();
  }

  private void comma() {
    written.add(symbol(",", offset()));
  }

  private static Lexeme symbol(String symbol, int offset) {
    return added(Kind.SYMBOL, offset, symbol);
  }

  private static Lexeme added(Kind kind, int offset, String text) {
    return new Lexeme(kind, offset, offset, text);
  }
}
