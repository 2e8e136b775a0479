package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a MySQL text in the form that the standard's grammar reads: strings in single quotes,
 * names that only the standard reserves in backticks, MySQL's symbols as the grammar's tokens.
 * Splits the text into statements on the way.
 */
final class Canonicalizer {
  /** Marks a name as a variable; not a character anyone can type into a name by mistake. */
  static final char VARIABLE_MARK = '\u0001';

  private static final String ORDERED = "#ordered";

  private final String source;
  private final MySqlLexis lexis;
  private final List<Lexeme> all;
  private List<Lexeme> lexemes;
  private StringBuilder out;
  private List<Integer> starts;
  private Deque<String> openers;
  private boolean inQuery;
  private boolean inRows;
  private int openInterval;

  private Canonicalizer(String source, MySqlLexis lexis) {
    this.source = source;
    this.lexis = lexis;
    this.all =
        RangeForms.asCalls(
            MissingForms.completed(IgnoredForms.without(new Scanner(source, lexis).scan())));
  }

  /** The statements of a text, none of them empty. */
  static List<StatementText> split(String source, MySqlLexis lexis) {
    Canonicalizer canonicalizer = new Canonicalizer(source, lexis);
    List<StatementText> statements = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= canonicalizer.all.size(); i++) {
      if (i == canonicalizer.all.size() || canonicalizer.all.get(i).isSymbol(";")) {
        if (i > from) {
          statements.add(canonicalizer.statement(canonicalizer.all.subList(from, i)));
        }
        from = i + 1;
      }
    }
    return statements;
  }

  private StatementText statement(List<Lexeme> part) {
    lexemes = part;
    out = new StringBuilder();
    starts = new ArrayList<>();
    openers = new ArrayDeque<>();
    inRows = false;
    openInterval = -1;
    inQuery = part.get(0).isWord("update") || part.get(0).isWord("delete");
    for (int i = 0; i < part.size(); i++) {
      if (!out.isEmpty()) {
        out.append(' ');
      }
      starts.add(out.length());
      write(i);
    }
    int[] offsets = starts.stream().mapToInt(Integer::intValue).toArray();
    return new StatementText(lexis, source, List.copyOf(part), out.toString(), offsets);
  }

  private void write(int i) {
    Lexeme lexeme = lexemes.get(i);
    switch (lexeme.kind()) {
      case WORD -> word(i, lexeme.text());
      case QUOTED -> {
        // GreptimeDB takes double quotes among values for strings under any mode.
        boolean value = source.charAt(lexeme.start()) == '"' && (inRows || lexeme.text().isEmpty());
        if (value) {
          string(i, lexeme.text());
        } else {
          quoted(lexeme.text());
        }
      }
      case STRING -> string(i, lexeme.text());
      case BYTES -> out.append("X'").append(lexeme.text()).append('\'');
      case NUMBER -> out.append(lexeme.text());
      case VARIABLE -> quoted(VARIABLE_MARK + lexeme.text());
      case SYMBOL -> symbol(i, lexeme.text());
    }
  }

  private void string(int i, String value) {
    if (i > 0 && lexemes.get(i - 1).kind() == Lexeme.Kind.STRING) {
      // Adjacent strings are one; the first one has written all of them.
      return;
    }
    if (isAlias(i)) {
      quoted(value.isEmpty() ? " " : value);
      return;
    }
    StringBuilder joined = new StringBuilder(value);
    for (int next = i + 1; kindAt(next) == Lexeme.Kind.STRING; next++) {
      joined.append(lexemes.get(next).text());
    }
    out.append('\'').append(joined.toString().replace("'", "''")).append('\'');
  }

  /** Whether a string stands where MySQL takes it for a column alias. */
  private boolean isAlias(int i) {
    if (!inQuery || i == 0) {
      return false;
    }
    Lexeme before = lexemes.get(i - 1);
    if (before.isWord("as")) {
      return !inCast();
    }
    boolean afterValue =
        before.kind() == Lexeme.Kind.QUOTED
            || before.kind() == Lexeme.Kind.NUMBER
            || before.isSymbol(")")
            || (before.kind() == Lexeme.Kind.WORD && !Words.isOperator(before.text()));
    boolean endsItem =
        i + 1 == lexemes.size() || symbolAt(i + 1, ",") || lexemes.get(i + 1).isWord("from");
    return afterValue && endsItem && openers.isEmpty();
  }

  private void symbol(int i, String symbol) {
    switch (symbol) {
      case "(" -> {
        openers.push(i > 0 ? lexemes.get(i - 1).text().toLowerCase(Locale.ROOT) : "");
        out.append(symbol);
      }
      case ")" -> {
        if (ORDERED.equals(openers.peek())) {
          openers.pop();
        }
        if (!openers.isEmpty()) {
          openers.pop();
        }
        out.append(symbol);
      }
      case "," -> out.append(isTrailing(i) ? "" : symbol);
      case "&&" -> out.append("AND");
      case "||" -> out.append(lexis.pipesAsConcat() ? "||" : "OR");
      case "!" -> out.append("NOT");
      case ":=" -> {
        if (inQuery && !lexemes.get(0).isWord("set") && i > 0 && isVariable(i - 1)) {
          throw new TerraneException(
              ErrorCode.UNSUPPORTED,
              "This version doesn't yet support ':=' in queries; SET assigns variables");
        }
        out.append('=');
      }
      case "==" -> out.append('=');
      default -> out.append(symbol);
    }
  }

  /** GreptimeDB's cases end lists with a comma. */
  private boolean isTrailing(int i) {
    return i + 1 == lexemes.size()
        || symbolAt(i + 1, ")")
        || (inQuery && isWordOf(i + 1, Words.ENDS_LIST));
  }

  private boolean isWordOf(int i, Set<String> words) {
    return kindAt(i) == Lexeme.Kind.WORD
        && words.contains(lexemes.get(i).text().toLowerCase(Locale.ROOT));
  }

  private void word(int i, String word) {
    String folded = word.toLowerCase(Locale.ROOT);
    if (folded.equals("mod") && inQuery && isInfix(i)) {
      out.append('%');
      return;
    }
    if (i == openInterval) {
      out.append(") ").append(word);
      openInterval = -1;
      return;
    }
    if (folded.equals("interval") && inQuery && openInterval < 0) {
      openInterval = unitOfInterval(i);
      out.append(openInterval < 0 ? word : word + " (");
      return;
    }
    if (Words.DECIMALS.contains(folded) && symbolAt(i - 1, "::") && !symbolAt(i + 1, "(")) {
      // What CAST makes of a bare DECIMAL is MySQL's (10, 0); the colons are GreptimeDB's.
      out.append("DECIMAL (38, 10)");
      return;
    }
    if (folded.equals("order") && isOrderOfAggregate(i)) {
      openers.push(ORDERED);
      out.append(") WITHIN GROUP (").append(word);
      return;
    }
    if (isChangeExplained(folded)
        || (Words.STARTS_QUERY.contains(folded) && !(i == 0 && folded.equals("set")))) {
      inQuery = true;
      inRows |= folded.equals("values") && lexemes.get(0).isWord("insert");
    }
    if (isNameByPlace(i, folded)) {
      quoted(word);
    } else if (symbolAt(i + 1, "(")) {
      if (Words.FUNCTIONS.contains(folded) && i > 0 && !isFunctionSyntax(i, folded)) {
        quoted(word);
      } else {
        operatorWord(folded, word);
      }
    } else if (Words.NILADIC.contains(folded) && (inQuery || isDefault(i))) {
      quoted(word);
      out.append("()");
    } else if (inQuery && isSoft(folded) && !isGrammarsOwn(i, folded)) {
      quoted(word);
    } else {
      operatorWord(folded, word);
    }
  }

  /** Whether a value stands before the word and another one behind it. */
  private boolean isInfix(int i) {
    return i > 0
        && i + 1 < lexemes.size()
        && endsValue(lexemes.get(i - 1))
        && startsValue(lexemes.get(i + 1));
  }

  private static boolean endsValue(Lexeme lexeme) {
    return switch (lexeme.kind()) {
      case NUMBER, STRING, QUOTED, VARIABLE, BYTES -> true;
      case WORD -> !Words.isOperator(lexeme.text());
      case SYMBOL -> lexeme.isSymbol(")") || lexeme.isSymbol("?");
    };
  }

  private static boolean startsValue(Lexeme lexeme) {
    return switch (lexeme.kind()) {
      case NUMBER, STRING, QUOTED, VARIABLE, BYTES -> true;
      case WORD -> !Words.isOperator(lexeme.text());
      case SYMBOL -> lexeme.isSymbol("(") || lexeme.isSymbol("?") || lexeme.isSymbol("-");
    };
  }

  /** {@code first_value(a ORDER BY b)}: the grammar wants WITHIN GROUP, GreptimeDB does not. */
  private boolean isOrderOfAggregate(int i) {
    String opener = openers.peek();
    return inQuery
        && opener != null
        && !opener.isEmpty()
        && Character.isLetter(opener.charAt(0))
        && !Words.isGrammar(opener)
        && !Words.ORDERED_AGGREGATES.contains(opener)
        && i > 1
        && !symbolAt(i - 1, "(")
        && !isQueryInParentheses(i);
  }

  private boolean isQueryInParentheses(int i) {
    int depth = 0;
    for (int before = i - 1; before >= 0; before--) {
      Lexeme lexeme = lexemes.get(before);
      if (lexeme.isSymbol(")")) {
        depth++;
      } else if (lexeme.isSymbol("(") && depth-- == 0) {
        return Words.STARTS_QUERY.contains(lexemes.get(before + 1).text().toLowerCase(Locale.ROOT));
      }
    }
    return true;
  }

  private boolean isChangeExplained(String folded) {
    return (folded.equals("update") || folded.equals("delete"))
        && Words.EXPLAIN.contains(lexemes.get(0).text().toLowerCase(Locale.ROOT));
  }

  private boolean isSoft(String folded) {
    // SET has words of its own and names no columns.
    return Words.SOFT.contains(folded) && !lexemes.get(0).isWord("set");
  }

  private boolean isDefault(int i) {
    return i > 0 && (lexemes.get(i - 1).isWord("default") || lexemes.get(i - 1).isWord("update"));
  }

  /**
   * The grammar takes a literal or parentheses behind INTERVAL, MySQL any expression: the position
   * of the unit behind one that needs parentheses, or -1.
   */
  private int unitOfInterval(int i) {
    int depth = 0;
    for (int next = i + 1; next < lexemes.size(); next++) {
      Lexeme lexeme = lexemes.get(next);
      if (lexeme.isSymbol("(")) {
        depth++;
      } else if (lexeme.isSymbol(")")) {
        depth--;
      }
      if (depth < 0 || (depth == 0 && lexeme.isSymbol(","))) {
        return -1;
      }
      if (depth == 0 && isWordOf(next, Words.UNITS) && !symbolAt(next + 1, "(")) {
        return next > i + 2 && !symbolAt(i + 1, "(") ? next : -1;
      }
    }
    return -1;
  }

  private void operatorWord(String folded, String word) {
    switch (folded) {
      case "regexp" -> out.append("RLIKE");
      case "div" -> out.append("#DIV");
      case "xor" -> out.append("#XOR");
      case "distinctrow" -> out.append("DISTINCT");
      case "straight_join" -> out.append(afterSelect() ? "" : "JOIN");
      case "high_priority",
          "sql_big_result",
          "sql_buffer_result",
          "sql_cache",
          "sql_calc_found_rows",
          "sql_no_cache",
          "sql_small_result" ->
          // Advice to the optimizer.
          out.append("");
      default -> {
        if (Words.isKeyword(word) || Words.isPlain(word)) {
          out.append(word);
        } else {
          quoted(word);
        }
      }
    }
  }

  private boolean afterSelect() {
    int last = starts.size() - 1;
    return last > 0 && lexemes.get(last - 1).isWord("select");
  }

  private boolean isNameByPlace(int i, String folded) {
    if (i > 0 && symbolAt(i - 1, ".")) {
      return true;
    }
    if (i > 0 && symbolAt(i + 1, ".")) {
      return true;
    }
    return i > 0
        && inQuery
        && lexemes.get(i - 1).isWord("as")
        && !inCast()
        && !symbolAt(i + 1, "(")
        && !Words.STARTS_QUERY.contains(folded);
  }

  private boolean inCast() {
    String opener = openers.peek();
    return opener != null
        && (opener.equals("cast") || opener.equals("try_cast") || opener.equals("convert"));
  }

  /** {@code POSITION(a IN b)}, {@code TRIM(BOTH ..)}: forms that only the grammar can read. */
  private boolean isFunctionSyntax(int i, String folded) {
    if (folded.equals("values") || folded.equals("value")) {
      // VALUES(column) behind ON DUPLICATE KEY UPDATE is a function, elsewhere a list of rows.
      return lexemes.subList(0, i).stream().noneMatch(before -> before.isWord("duplicate"));
    }
    if (folded.equals("any")) {
      return isWordOf(i + 2, Words.STARTS_QUERY);
    }
    if (folded.equals("insert") || folded.equals("replace")) {
      return lexemes.get(i - 1).isWord("explain");
    }
    return false;
  }

  /** {@code DATE '2024-01-01'}, {@code TIMESTAMP '...'}, {@code INTERVAL 1 DAY}, a cast's type. */
  private boolean isGrammarsOwn(int i, String folded) {
    if (kindAt(i + 1) == Lexeme.Kind.STRING) {
      return true;
    }
    if (!Words.UNITS.contains(folded) || i == 0) {
      return false;
    }
    Lexeme before = lexemes.get(i - 1);
    String opener = openers.peek();
    return switch (before.kind()) {
      case NUMBER, STRING, VARIABLE, QUOTED -> true;
      case SYMBOL ->
          before.isSymbol(")")
              || before.isSymbol("?")
              || (before.isSymbol("(") && opener != null && Words.TAKES_UNIT.contains(opener));
      case WORD -> !Words.isKeyword(before.text());
      case BYTES -> false;
    };
  }

  private void quoted(String name) {
    out.append('`').append(name.replace("`", "``")).append('`');
  }

  private boolean isVariable(int i) {
    return lexemes.get(i).kind() == Lexeme.Kind.VARIABLE;
  }

  private boolean symbolAt(int i, String symbol) {
    return i >= 0 && i < lexemes.size() && lexemes.get(i).isSymbol(symbol);
  }

  private Lexeme.Kind kindAt(int i) {
    return i < lexemes.size() ? lexemes.get(i).kind() : Lexeme.Kind.SYMBOL;
  }
}
