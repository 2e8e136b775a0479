package io.terrane.query.function.text;

import static io.terrane.api.table.DataType.BOOLEAN;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;

/** {@code MATCHES(text, pattern)} and {@code MATCHES_TERM(text, term)}, by reading the text. */
public final class SearchFunctions {
  private SearchFunctions() {}

  /** All of them. */
  public static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("matches").takes(TEXT, TEXT).returns(BOOLEAN).kernelPerUse(Matching::new),
        RowFunction.named("matches_term")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(row, hasTerm(a[0].stringAt(row), a[1].stringAt(row)))));
  }

  /** Remembers the last pattern read, as all rows have the same one as a rule. */
  private static final class Matching implements RowFunction.Kernel {
    private String source;
    private SearchPattern pattern;

    @Override
    public void apply(ExecutionContext context, Column[] arguments, int row, Column out) {
      String given = arguments[1].stringAt(row);
      if (!given.equals(source)) {
        pattern = SearchPatternReader.read(given);
        source = given;
      }
      out.setBoolean(row, pattern.matches(arguments[0].stringAt(row)));
    }
  }

  /**
   * Whether the term stands in the text with no letter or digit before or behind it; an end of the
   * term that is neither letter nor digit needs no such border.
   */
  static boolean hasTerm(String text, String term) {
    if (term.isEmpty()) {
      return text.isEmpty();
    }
    boolean openStart = !Character.isLetterOrDigit(term.codePointAt(0));
    boolean openEnd = !Character.isLetterOrDigit(term.codePointBefore(term.length()));
    for (int from = text.indexOf(term); from >= 0; from = text.indexOf(term, from + 1)) {
      int to = from + term.length();
      boolean startsWord =
          openStart || from == 0 || !Character.isLetterOrDigit(text.codePointBefore(from));
      boolean endsWord =
          openEnd || to == text.length() || !Character.isLetterOrDigit(text.codePointAt(to));
      if (startsWord && endsWord) {
        return true;
      }
    }
    return false;
  }
}
