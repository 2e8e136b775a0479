package io.terrane.query.parse;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A query's text with its constants and parameters taken out. Queries of equal templates are read
 * to trees that differ in these places alone, which are its <em>slots</em>, in order. Only texts
 * that mean the same in every session that reads texts alike have one. Immutable.
 */
public final class StatementTemplate {
  /** Longer texts are seldom sent twice. */
  private static final int LENGTH_MAX = 32_768;

  private static final Set<String> STARTS_QUERY = Set.of("select", "with", "values", "(");

  /** Stands where a slot is; the scanner takes it for blank space. */
  private static final char MARK = 0;

  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;

  /**
   * @param parameter number of the parameter, or -1 for a constant
   * @param value of a constant that has one of the simple forms
   */
  private record Slot(int lexeme, int parameter, Optional<Datum> value, String written) {}

  private final StatementText source;
  private final String text;
  private final List<Slot> slots;

  private StatementTemplate(StatementText source, String text, List<Slot> slots) {
    this.source = source;
    this.text = text;
    this.slots = slots;
  }

  static Optional<StatementTemplate> of(StatementText source) {
    List<Lexeme> lexemes = source.lexemes();
    if (!STARTS_QUERY.contains(lexemes.get(0).text().toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    List<Slot> slots = new ArrayList<>();
    int parameters = 0;
    int written = lexemes.get(0).start();
    for (int i = 0; i < lexemes.size(); i++) {
      Lexeme lexeme = lexemes.get(i);
      boolean isParameter = lexeme.isSymbol("?");
      boolean isConstant =
          lexeme.kind() == Lexeme.Kind.NUMBER || lexeme.kind() == Lexeme.Kind.STRING;
      if (lexeme.kind() == Lexeme.Kind.VARIABLE || lexeme.start() < written) {
        // Variables belong to a session; lexemes that were moved are not worth the trouble.
        return Optional.empty();
      }
      if (isParameter || isConstant) {
        text.append(source.source(), written, lexeme.start()).append(MARK);
        written = lexeme.end();
        slots.add(
            new Slot(
                i,
                isParameter ? parameters++ : -1,
                isConstant ? value(lexemes, i) : Optional.empty(),
                source.source().substring(lexeme.start(), lexeme.end())));
      }
    }
    text.append(source.source(), written, lexemes.get(lexemes.size() - 1).end());
    return text.length() > LENGTH_MAX
        ? Optional.empty()
        : Optional.of(new StatementTemplate(source, text.toString(), List.copyOf(slots)));
  }

  private static Optional<Datum> value(List<Lexeme> lexemes, int i) {
    Lexeme lexeme = lexemes.get(i);
    if (lexeme.kind() == Lexeme.Kind.NUMBER) {
      return number(lexeme.text());
    }
    // Adjacent strings are one constant.
    boolean alone = !isString(lexemes, i - 1) && !isString(lexemes, i + 1);
    return alone ? Optional.of(Datum.of(lexeme.text())) : Optional.empty();
  }

  private static boolean isString(List<Lexeme> lexemes, int i) {
    return i >= 0 && i < lexemes.size() && lexemes.get(i).kind() == Lexeme.Kind.STRING;
  }

  /** The types are those that the planner gives to such literals. */
  private static Optional<Datum> number(String text) {
    int point = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return Optional.empty();
      }
    }
    if (text.length() > LONG_DIGITS) {
      return Optional.empty();
    }
    if (point < 0) {
      long value = Long.parseLong(text);
      boolean isInt = text.length() <= INT_DIGITS || value <= Integer.MAX_VALUE;
      return Optional.of(new Datum(isInt ? DataType.INT32 : DataType.INT64, value));
    }
    BigDecimal value = new BigDecimal(text);
    int digits = Math.max(1, Math.max(value.precision(), value.scale()));
    return Optional.of(new Datum(DataType.decimal(digits, value.scale()), value));
  }

  /** The text without what is in the slots, spaces and all: columns are named by them. */
  public String text() {
    return text;
  }

  /** How the text was read. */
  public MySqlLexis lexis() {
    return source.lexis();
  }

  public int slots() {
    return slots.size();
  }

  /** What is in a slot, if a plan can be made without knowing it. */
  public Optional<Datum> value(int slot, List<Datum> parameters) {
    int parameter = slots.get(slot).parameter();
    if (parameter < 0) {
      return slots.get(slot).value();
    }
    return parameter < parameters.size()
        ? Optional.of(parameters.get(parameter)).filter(value -> !value.isNull())
        : Optional.empty();
  }

  /** What is in a slot, equal only where nothing at all depends on the difference. */
  public Object identity(int slot, List<Datum> parameters) {
    int parameter = slots.get(slot).parameter();
    return parameter < 0 || parameter >= parameters.size()
        ? slots.get(slot).written()
        : parameters.get(parameter);
  }

  /** The slot that a node of the text's tree was read from. */
  public OptionalInt slotAt(SqlParserPos position) {
    int lexeme = source.lexemeAt(position);
    int low = 0;
    int high = slots.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slots.get(middle).lexeme() < lexeme) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == high && slots.get(low).lexeme() == lexeme
        ? OptionalInt.of(low)
        : OptionalInt.empty();
  }
}
