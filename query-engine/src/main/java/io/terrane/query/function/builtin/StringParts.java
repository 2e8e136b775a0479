package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.ANY;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.NUMBER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts as lists, and single characters. */
final class StringParts {
  private StringParts() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("field")
            .takes(TEXT, TEXT)
            .andMore(TEXT)
            .returns(INT64)
            .takesNulls()
            .kernel(StringParts::field),
        RowFunction.named("elt")
            .takes(INTEGER, TEXT)
            .andMore(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel(
                (context, a, row, out) -> {
                  long index = a[0].isNull(row) ? 0 : a[0].longAt(row);
                  if (index < 1 || index >= a.length) {
                    out.setNull(row);
                  } else {
                    out.setFrom(row, a[(int) index], row);
                  }
                }),
        RowFunction.named("soundex")
            .takes(TEXT)
            .returns(STRING)
            .kernel((context, a, row, out) -> out.setString(row, soundex(a[0].stringAt(row)))),
        RowFunction.named("ascii")
            .takes(TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        a[0].lengthAt(row) == 0 ? 0 : a[0].bytes()[a[0].offsets()[row]] & 0xff)),
        RowFunction.named("ord").takes(TEXT).returns(INT64).kernel(StringParts::ord),
        RowFunction.named("char", "chr")
            .takes(INTEGER)
            .andMore(INTEGER)
            .returns(STRING)
            .takesNulls()
            .kernel(StringParts::characters),
        RowFunction.named("format")
            .takes(NUMBER, INTEGER)
            .optionally(TEXT)
            .returns(STRING)
            .kernel(StringParts::format),
        RowFunction.named("quote")
            .takes(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        a[0].isNull(row)
                            ? "NULL"
                            : "'"
                                + a[0].stringAt(row).replace("\\", "\\\\").replace("'", "\\'")
                                + "'")),
        RowFunction.named("arrow_typeof", "typeof")
            .takes(ANY)
            .returns(STRING)
            .takesNulls()
            .kernel((context, a, row, out) -> out.setString(row, a[0].type().toString())));
  }

  /** Splits at every occurrence; an empty text has no parts. */
  static List<String> split(String text, String delimiter) {
    List<String> parts = new ArrayList<>();
    if (text.isEmpty()) {
      return parts;
    }
    int from = 0;
    for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
      parts.add(text.substring(from, at));
      from = at + delimiter.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** SUBSTRING_INDEX. */
  static String beforeNth(String text, String delimiter, long count) {
    if (delimiter.isEmpty() || count == 0) {
      return "";
    }
    List<String> parts = split(text, delimiter);
    if (Math.abs(count) >= parts.size()) {
      return text;
    }
    int many = (int) Math.abs(count);
    return String.join(
        delimiter,
        count > 0 ? parts.subList(0, many) : parts.subList(parts.size() - many, parts.size()));
  }

  /** SPLIT_PART: the part at a position, counted from the end if negative; empty if none. */
  static String part(String text, String delimiter, long position) {
    List<String> parts = delimiter.isEmpty() ? List.of(text) : split(text, delimiter);
    long index = position < 0 ? parts.size() + position : position - 1;
    return index < 0 || index >= parts.size() ? "" : parts.get((int) index);
  }

  private static void field(ExecutionContext context, Column[] a, int row, Column out) {
    long found = 0;
    for (int i = 1; i < a.length && found == 0 && !a[0].isNull(row); i++) {
      if (!a[i].isNull(row) && Comparison.compare(a[0], row, a[i], row) == 0) {
        found = i;
      }
    }
    out.setLong(row, found);
  }

  private static void ord(ExecutionContext context, Column[] a, int row, Column out) {
    String text = a[0].stringAt(row);
    long code = 0;
    if (!text.isEmpty()) {
      byte[] first = Character.toString(text.codePointAt(0)).getBytes(StandardCharsets.UTF_8);
      for (byte each : first) {
        code = (code << 8) | (each & 0xff);
      }
    }
    out.setLong(row, code);
  }

  private static void characters(ExecutionContext context, Column[] a, int row, Column out) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Column code : a) {
      if (!code.isNull(row)) {
        int value = (int) code.longAt(row);
        int shift = value == 0 ? 0 : (31 - Integer.numberOfLeadingZeros(value)) / 8 * 8;
        for (; shift >= 0; shift -= 8) {
          bytes.write(value >>> shift);
        }
      }
    }
    out.setBytes(row, bytes.toByteArray());
  }

  private static void format(ExecutionContext context, Column[] a, int row, Column out) {
    BigDecimal value =
        switch (a[0].storage()) {
          case LONG -> Decimals.ofLong(a[0].longAt(row), a[0].type());
          case DOUBLE -> new BigDecimal(Double.toString(a[0].doubleAt(row)));
          case DECIMAL -> a[0].decimalAt(row);
          case BYTES -> throw new IllegalStateException("a number is not held as bytes");
        };
    int digits = (int) Math.max(0, Math.min(30, a[1].longAt(row)));
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    format.setRoundingMode(RoundingMode.HALF_UP);
    out.setString(row, format.format(value.setScale(digits, RoundingMode.HALF_UP)));
  }

  /** A letter and three digits or more, as MySQL counts them: vowels part equal codes. */
  private static String soundex(String text) {
    final String codes = "01230120022455012623010202";
    StringBuilder sound = new StringBuilder();
    char last = '0';
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      if (!Character.isLetter(c)) {
        continue;
      }
      char code = c >= 'A' && c <= 'Z' ? codes.charAt(c - 'A') : '0';
      if (sound.isEmpty()) {
        sound.append(c);
      } else if (code != '0' && code != last) {
        sound.append(code);
      }
      last = code;
    }
    if (!sound.isEmpty()) {
      while (sound.length() < 4) {
        sound.append('0');
      }
    }
    return sound.toString();
  }
}
