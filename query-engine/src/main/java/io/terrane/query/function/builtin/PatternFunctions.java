package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Param;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * LIKE and regular expressions (Java's syntax); a pattern is compiled once while it stays the same.
 */
final class PatternFunctions {
  private PatternFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("like")
            .takes(Param.TEXT, Param.TEXT)
            .optionally(Param.TEXT)
            .returns(DataType.BOOLEAN)
            .kernelPerUse(Like::new),
        RowFunction.named("ilike")
            .takes(Param.TEXT, Param.TEXT)
            .optionally(Param.TEXT)
            .returns(DataType.BOOLEAN)
            .kernelPerUse(CaseBlindLike::new),
        RowFunction.named("regexp", "rlike", "regexp_like", "regexp_match")
            .takes(Param.TEXT, Param.TEXT)
            .optionally(Param.TEXT)
            .returns(DataType.BOOLEAN)
            .kernelPerUse(
                () -> {
                  Regex regex = new Regex();
                  return (context, a, row, out) ->
                      out.setBoolean(row, regex.matcher(context, a, row, 1, 2).find());
                }),
        RowFunction.named("regexp_replace")
            .takes(Param.TEXT, Param.TEXT, Param.TEXT)
            .optionally(Param.INTEGER, Param.INTEGER, Param.TEXT)
            .returns(DataType.STRING)
            .kernelPerUse(PatternFunctions::replace),
        RowFunction.named("regexp_substr", "regexp_extract")
            .takes(Param.TEXT, Param.TEXT)
            .optionally(Param.INTEGER, Param.INTEGER, Param.TEXT)
            .returns(DataType.STRING)
            .kernelPerUse(PatternFunctions::substr),
        RowFunction.named("regexp_instr")
            .takes(Param.TEXT, Param.TEXT)
            .optionally(Param.INTEGER, Param.INTEGER)
            .returns(DataType.INT64)
            .kernelPerUse(PatternFunctions::instr));
  }

  private static RowFunction.Kernel replace() {
    Regex regex = new Regex();
    return (context, a, row, out) -> {
      String text = a[0].stringAt(row);
      int from = start(a, 3, row, text);
      long occurrence = a.length > 4 ? a[4].longAt(row) : 0;
      Matcher matcher = regex.matcher(context, a, row, 1, 5);
      StringBuilder replaced = new StringBuilder();
      int copied = 0;
      long seen = 0;
      int at = from;
      while (at <= text.length() && matcher.find(at)) {
        seen++;
        if (occurrence <= 0 || occurrence == seen) {
          replaced.append(text, copied, matcher.start());
          expand(a[2].stringAt(row), matcher, replaced);
          copied = matcher.end();
        }
        at = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
      }
      out.setString(row, replaced.append(text, copied, text.length()).toString());
    };
  }

  /** Writes a replacement, {@code $1} and {@code \1} standing for groups. */
  private static void expand(String replacement, Matcher matcher, StringBuilder out) {
    for (int i = 0; i < replacement.length(); i++) {
      char each = replacement.charAt(i);
      boolean marks = (each == '$' || each == '\\') && i + 1 < replacement.length();
      char next = marks ? replacement.charAt(i + 1) : ' ';
      if (marks && Character.isDigit(next) && next - '0' <= matcher.groupCount()) {
        String group = matcher.group(next - '0');
        out.append(group == null ? "" : group);
        i++;
      } else if (marks && each == '\\') {
        out.append(next);
        i++;
      } else {
        out.append(each);
      }
    }
  }

  private static RowFunction.Kernel substr() {
    Regex regex = new Regex();
    return (context, a, row, out) -> {
      Matcher matcher = nth(regex, context, a, row);
      if (matcher == null) {
        out.setNull(row);
      } else {
        out.setString(row, matcher.group());
      }
    };
  }

  private static RowFunction.Kernel instr() {
    Regex regex = new Regex();
    return (context, a, row, out) -> {
      Matcher matcher = nth(regex, context, a, row);
      String text = a[0].stringAt(row);
      out.setLong(row, matcher == null ? 0 : text.codePointCount(0, matcher.start()) + 1);
    };
  }

  private static Matcher nth(Regex regex, ExecutionContext context, Column[] a, int row) {
    String text = a[0].stringAt(row);
    int at = start(a, 2, row, text);
    long occurrence = a.length > 3 ? Math.max(1, a[3].longAt(row)) : 1;
    Matcher matcher = regex.matcher(context, a, row, 1, 4);
    for (long seen = 1; at <= text.length() && matcher.find(at); seen++) {
      if (seen == occurrence) {
        return matcher;
      }
      at = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
    }
    return null;
  }

  private static int start(Column[] a, int argument, int row, String text) {
    if (a.length <= argument || a[argument].longAt(row) <= 1) {
      return 0;
    }
    long skip = Math.min(a[argument].longAt(row) - 1, text.codePointCount(0, text.length()));
    return text.offsetByCodePoints(0, (int) skip);
  }

  /** LIKE with the last pattern kept. */
  private static class Like implements RowFunction.Kernel {
    private byte[] text;
    private String escape;
    private LikePattern pattern;

    @Override
    public void apply(ExecutionContext context, Column[] a, int row, Column out) {
      String newEscape = a.length > 2 ? a[2].stringAt(row) : "\\";
      if (!isText(a[1], row) || !newEscape.equals(escape)) {
        if (newEscape.codePointCount(0, newEscape.length()) > 1) {
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT, "Incorrect arguments to ESCAPE: '" + newEscape + "'");
        }
        text = a[1].bytesAt(row);
        pattern =
            LikePattern.of(
                prepare(a[1].stringAt(row)), newEscape.isEmpty() ? -1 : newEscape.codePointAt(0));
        escape = newEscape;
      }
      out.setBoolean(row, matches(pattern, a[0], row));
    }

    private boolean isText(Column column, int row) {
      int from = column.offsets()[row];
      return text != null
          && Arrays.equals(column.bytes(), from, column.offsets()[row + 1], text, 0, text.length);
    }

    String prepare(String value) {
      return value;
    }

    boolean matches(LikePattern prepared, Column value, int row) {
      return prepared.matches(value.bytes(), value.offsets()[row], value.offsets()[row + 1]);
    }
  }

  /** ILIKE. */
  private static final class CaseBlindLike extends Like {
    @Override
    String prepare(String value) {
      return value.toLowerCase(Locale.ROOT);
    }

    @Override
    boolean matches(LikePattern prepared, Column value, int row) {
      byte[] lower = prepare(value.stringAt(row)).getBytes(StandardCharsets.UTF_8);
      return prepared.matches(lower, 0, lower.length);
    }
  }

  /** A regular expression with the last pattern kept. */
  private static final class Regex {
    private String text;
    private String flags;
    private Pattern pattern;

    Matcher matcher(ExecutionContext context, Column[] a, int row, int argument, int flagArgument) {
      String newText = a[argument].stringAt(row);
      String newFlags = a.length > flagArgument ? a[flagArgument].stringAt(row) : "";
      if (!newText.equals(text) || !newFlags.equals(flags)) {
        try {
          pattern = Pattern.compile(newText, bits(newFlags));
        } catch (PatternSyntaxException invalid) {
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT,
              "Invalid regular expression '" + newText + "': " + invalid.getDescription(),
              invalid);
        }
        text = newText;
        flags = newFlags;
      }
      return pattern.matcher(new CancellableText(a[0].stringAt(row), context));
    }

    private static int bits(String flags) {
      int bits = 0;
      for (int i = 0; i < flags.length(); i++) {
        bits |=
            switch (flags.charAt(i)) {
              case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
              case 'm' -> Pattern.MULTILINE;
              case 'n' -> Pattern.DOTALL;
              case 'c', 'u' -> 0;
              default ->
                  throw new TerraneException(
                      ErrorCode.INVALID_ARGUMENT,
                      "Incorrect arguments to regexp: match type '" + flags + "'");
            };
      }
      return bits;
    }
  }

  /** A text that looks at the cancel flag now and then: some patterns backtrack without end. */
  private static final class CancellableText implements CharSequence {
    private static final int READS_BETWEEN_CHECKS = 65_536;
    private final String text;
    private final ExecutionContext context;
    private int reads;

    CancellableText(String text, ExecutionContext context) {
      this.text = text;
      this.context = context;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads % READS_BETWEEN_CHECKS == 0) {
        context.checkCancelled();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
