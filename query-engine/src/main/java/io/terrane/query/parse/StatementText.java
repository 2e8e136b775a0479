package io.terrane.query.parse;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * One statement as the client sent it and as the grammar reads it, with the way back from a
 * position in the latter to the former.
 *
 * @param lexis how it was read
 * @param source the whole text the client sent
 * @param lexemes of this statement
 * @param canonical the grammar's form of the statement
 * @param starts offset in {@code canonical} of each lexeme, ascending
 */
record StatementText(
    MySqlLexis lexis, String source, List<Lexeme> lexemes, String canonical, int[] starts) {

  boolean isEmpty() {
    return lexemes.isEmpty();
  }

  /** The statement as written, without the comments around it. */
  String written() {
    return isEmpty()
        ? ""
        : source.substring(lexemes.get(0).start(), lexemes.get(lexemes.size() - 1).end());
  }

  /** What the client wrote from the lexeme of {@code from} to the end of the statement. */
  String writtenFrom(SqlParserPos from) {
    return source.substring(
        lexemes.get(lexemeAt(from)).start(), lexemes.get(lexemes.size() - 1).end());
  }

  /** What the client wrote in a span. */
  String writtenIn(SqlParserPos span) {
    int last = lexemeAt(canonicalOffset(span.getEndLineNum(), span.getEndColumnNum()));
    return source.substring(lexemes.get(lexemeAt(span)).start(), lexemes.get(last).end());
  }

  /** Offset in the client's text of a canonical position. */
  int sourceOffset(int line, int column) {
    int offset = canonicalOffset(line, column);
    if (offset >= canonical.length() || lexemes.isEmpty()) {
      return lexemes.isEmpty() ? source.length() : lexemes.get(lexemes.size() - 1).end();
    }
    return lexemes.get(lexemeAt(offset)).start();
  }

  /**
   * The text of a select item: from {@code from} on, with what stands around it up to the commas.
   */
  Optional<String> item(SqlParserPos from) {
    int index = lexemeAt(from);
    if (index < 0) {
      return Optional.empty();
    }
    int first = index;
    while (first > 0 && !endsBefore(lexemes.get(first - 1))) {
      first--;
    }
    int depth = 0;
    int last = first;
    for (int i = first; i < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      if (depth == 0 && i > first && endsItem(lexeme)) {
        break;
      }
      if (lexeme.isSymbol("(")) {
        depth++;
      } else if (lexeme.isSymbol(")")) {
        depth--;
        if (depth < 0) {
          break;
        }
      }
      last = i;
    }
    return Optional.of(source.substring(lexemes.get(first).start(), lexemes.get(last).end()));
  }

  private static boolean endsBefore(Lexeme lexeme) {
    return lexeme.isSymbol(",")
        || lexeme.isWord("select")
        || lexeme.isWord("distinct")
        || lexeme.isWord("all")
        || lexeme.isWord("sql_no_cache")
        || lexeme.isWord("sql_calc_found_rows")
        || lexeme.isWord("straight_join");
  }

  private static boolean endsItem(Lexeme lexeme) {
    return lexeme.isSymbol(",")
        || lexeme.isWord("from")
        || lexeme.isWord("where")
        || lexeme.isWord("group")
        || lexeme.isWord("having")
        || lexeme.isWord("union")
        || lexeme.isWord("intersect")
        || lexeme.isWord("except")
        || lexeme.isWord("order")
        || lexeme.isWord("limit")
        || lexeme.isWord("window");
  }

  int lexemeAt(SqlParserPos position) {
    return lexemeAt(canonicalOffset(position.getLineNum(), position.getColumnNum()));
  }

  private int lexemeAt(int offset) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return starts.length == 0 ? -1 : low;
  }

  private int canonicalOffset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = canonical.indexOf('\n', start) + 1;
    }
    return start + Math.max(0, column - 1);
  }
}
