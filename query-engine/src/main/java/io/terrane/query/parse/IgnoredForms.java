package io.terrane.query.parse;

import io.terrane.query.parse.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Forms of MySQL that change nothing here and are left out of queries: locking clauses ({@code FOR
 * UPDATE}, {@code FOR SHARE}, {@code LOCK IN SHARE MODE}), for there are no locks, index hints, and
 * {@code BINARY} before a text, which compares by its bytes anyway.
 */
final class IgnoredForms {
  /** Behind a column that is called {@code binary}. */
  private static final Set<String> CLAUSES =
      Set.of("from", "as", "and", "or", "is", "in", "like", "not", "between", "asc", "desc");

  private final List<Lexeme> read;
  private final List<Lexeme> written = new ArrayList<>();
  private boolean inQuery;

  private IgnoredForms(List<Lexeme> read) {
    this.read = read;
  }

  static List<Lexeme> without(List<Lexeme> lexemes) {
    boolean none =
        lexemes.stream()
            .noneMatch(
                l ->
                    l.isWord("for")
                        || l.isWord("lock")
                        || l.isWord("binary")
                        || l.isWord("index")
                        || l.isWord("key"));
    return none ? lexemes : new IgnoredForms(lexemes).rest();
  }

  private List<Lexeme> rest() {
    for (int i = 0; i < read.size(); i++) {
      Lexeme lexeme = read.get(i);
      inQuery = !lexeme.isSymbol(";") && (inQuery || startsQuery(lexeme));
      if (inQuery && isLock(i)) {
        i = endOfLock(i) - 1;
      } else if (inQuery && endOfIndexHint(i) > i) {
        i = endOfIndexHint(i);
      } else if (!(inQuery && lexeme.isWord("binary") && isPrefix(i))) {
        written.add(lexeme);
      }
    }
    return written;
  }

  private static boolean startsQuery(Lexeme lexeme) {
    return lexeme.isWord("select")
        || lexeme.isWord("where")
        || lexeme.isWord("update")
        || lexeme.isWord("delete");
  }

  private boolean isLock(int i) {
    return (isWord(i, "for") && (isWord(i + 1, "update") || isWord(i + 1, "share")))
        || (isWord(i, "lock") && isWord(i + 1, "in") && isWord(i + 2, "share"));
  }

  /** Position of what follows the clause: the next one, a parenthesis, or the statement's end. */
  private int endOfLock(int start) {
    int i = start + 1;
    while (i < read.size()
        && !read.get(i).isSymbol(";")
        && !read.get(i).isSymbol(")")
        && !isLock(i)) {
      i++;
    }
    return i;
  }

  /** Position of the parenthesis that ends {@code USE INDEX FOR ORDER BY (a, b)}, or -1. */
  private int endOfIndexHint(int i) {
    boolean isHint =
        (isWord(i, "use") || isWord(i, "force") || isWord(i, "ignore"))
            && (isWord(i + 1, "index") || isWord(i + 1, "key"));
    if (!isHint) {
      return -1;
    }
    int open = i + 2;
    if (isWord(open, "for")) {
      open += isWord(open + 2, "by") ? 3 : 2;
    }
    int end = open;
    while (end < read.size() && !read.get(end).isSymbol(")")) {
      end++;
    }
    return open < read.size() && read.get(open).isSymbol("(") && end < read.size() ? end : -1;
  }

  private boolean isPrefix(int i) {
    if (i == 0 || i + 1 == read.size() || isWord(i - 1, "as") || isWord(i - 1, "set")) {
      return false;
    }
    Lexeme before = read.get(i - 1);
    Lexeme next = read.get(i + 1);
    boolean afterOperator =
        before.kind() == Kind.SYMBOL
            ? !before.isSymbol(")") && !before.isSymbol(".")
            : before.kind() == Kind.WORD && Words.isOperator(before.text());
    boolean beforeOperand =
        next.kind() == Kind.STRING
            || next.kind() == Kind.QUOTED
            || next.kind() == Kind.VARIABLE
            || (next.kind() == Kind.WORD && !CLAUSES.contains(next.text().toLowerCase(Locale.ROOT)))
            || (next.isSymbol("(") && !before.isSymbol(","));
    return afterOperator && beforeOperand;
  }

  private boolean isWord(int i, String word) {
    return i < read.size() && read.get(i).isWord(word);
  }
}
