package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.BOOLEAN;
import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;
import java.util.Locale;

/** Texts cut, joined and searched (MySQL 8.4 manual, 14.8). */
final class StringFunctions {
  private StringFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("concat")
            .takes(TEXT)
            .andMore(TEXT)
            .returns(StringFunctions::joined)
            .kernel(StringFunctions::concat),
        RowFunction.named("concat_ws")
            .takes(TEXT, TEXT)
            .andMore(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel(StringFunctions::concatWithSeparator),
        RowFunction.named("length", "octet_length")
            .takes(TEXT)
            .returns(INT64)
            .kernel((context, a, row, out) -> out.setLong(row, a[0].lengthAt(row))),
        RowFunction.named("bit_length")
            .takes(TEXT)
            .returns(INT64)
            .kernel((context, a, row, out) -> out.setLong(row, 8L * a[0].lengthAt(row))),
        RowFunction.named("char_length", "character_length")
            .takes(TEXT)
            .returns(INT64)
            .kernel((context, a, row, out) -> out.setLong(row, characters(a[0], row))),
        map("upper", List.of("ucase"), text -> text.toUpperCase(Locale.ROOT)),
        map("lower", List.of("lcase"), text -> text.toLowerCase(Locale.ROOT)),
        map("reverse", List.of(), text -> new StringBuilder(text).reverse().toString()),
        map("initcap", List.of(), StringFunctions::capitalise),
        trim("trim", true, true),
        trim("ltrim", true, false),
        trim("rtrim", false, true),
        pad("lpad"),
        pad("rpad"),
        RowFunction.named("left")
            .takes(TEXT, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, Text.slice(a[0].stringAt(row), 0, a[1].longAt(row)))),
        RowFunction.named("right")
            .takes(TEXT, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> {
                  String text = a[0].stringAt(row);
                  long count = Math.max(0, a[1].longAt(row));
                  out.setString(row, Text.slice(text, Text.length(text) - count, count));
                }),
        RowFunction.named("substring", "substr", "mid")
            .takes(TEXT, INTEGER)
            .optionally(INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        Text.substring(
                            a[0].stringAt(row),
                            a[1].longAt(row),
                            a.length > 2 ? a[2].longAt(row) : Integer.MAX_VALUE))),
        RowFunction.named("replace")
            .takes(TEXT, TEXT, TEXT)
            .returns(STRING)
            .kernel(
                (context, a, row, out) -> {
                  String part = a[1].stringAt(row);
                  String text = a[0].stringAt(row);
                  out.setString(
                      row, part.isEmpty() ? text : text.replace(part, a[2].stringAt(row)));
                }),
        RowFunction.named("repeat")
            .takes(TEXT, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    repeat(a[0].stringAt(row), a[1].longAt(row), a[0].lengthAt(row), row, out)),
        RowFunction.named("space")
            .takes(INTEGER)
            .returns(STRING)
            .kernel((context, a, row, out) -> repeat(" ", a[0].longAt(row), 1, row, out)),
        RowFunction.named("instr", "strpos")
            .takes(TEXT, TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, Text.locate(a[1].stringAt(row), a[0].stringAt(row), 1))),
        RowFunction.named("locate", "position")
            .takes(TEXT, TEXT)
            .optionally(INTEGER)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        Text.locate(
                            a[0].stringAt(row),
                            a[1].stringAt(row),
                            a.length > 2 ? a[2].longAt(row) : 1))),
        RowFunction.named("insert")
            .takes(TEXT, INTEGER, INTEGER, TEXT)
            .returns(STRING)
            .kernel(StringFunctions::insert),
        RowFunction.named("strcmp")
            .takes(TEXT, TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(row, Integer.signum(Comparison.compare(a[0], a[1], row)))),
        RowFunction.named("substring_index")
            .takes(TEXT, TEXT, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        StringParts.beforeNth(
                            a[0].stringAt(row), a[1].stringAt(row), a[2].longAt(row)))),
        RowFunction.named("split_part")
            .takes(TEXT, TEXT, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        StringParts.part(
                            a[0].stringAt(row), a[1].stringAt(row), a[2].longAt(row)))),
        RowFunction.named("starts_with")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(row, a[0].stringAt(row).startsWith(a[1].stringAt(row)))),
        RowFunction.named("ends_with")
            .takes(TEXT, TEXT)
            .returns(BOOLEAN)
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(row, a[0].stringAt(row).endsWith(a[1].stringAt(row)))));
  }

  private interface Mapping {
    String apply(String text);
  }

  private static ScalarFunction map(String name, List<String> aliases, Mapping mapping) {
    return RowFunction.named(name, aliases.toArray(String[]::new))
        .takes(TEXT)
        .returns(STRING)
        .kernel((context, a, row, out) -> out.setString(row, mapping.apply(a[0].stringAt(row))));
  }

  private static DataType joined(List<DataType> types) {
    return types.contains(DataType.BINARY) ? DataType.BINARY : STRING;
  }

  private static void concat(ExecutionContext context, Column[] a, int row, Column out) {
    int size = 0;
    for (Column part : a) {
      size += part.lengthAt(row);
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (Column part : a) {
      System.arraycopy(part.bytes(), part.offsets()[row], joined, at, part.lengthAt(row));
      at += part.lengthAt(row);
    }
    out.setBytes(row, joined);
  }

  /** NULL only if the separator is; other NULLs are left out. */
  private static void concatWithSeparator(
      ExecutionContext context, Column[] a, int row, Column out) {
    if (a[0].isNull(row)) {
      out.setNull(row);
      return;
    }
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (int i = 1; i < a.length; i++) {
      if (!a[i].isNull(row)) {
        joined.append(first ? "" : a[0].stringAt(row)).append(a[i].stringAt(row));
        first = false;
      }
    }
    out.setString(row, joined.toString());
  }

  private static int characters(Column column, int row) {
    if (column.type().kind() == DataType.Kind.BINARY) {
      return column.lengthAt(row);
    }
    int count = 0;
    byte[] bytes = column.bytes();
    for (int i = column.offsets()[row]; i < column.offsets()[row + 1]; i++) {
      count += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  private static String capitalise(String text) {
    StringBuilder capitals = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      capitals.append(inWord ? Character.toLowerCase(each) : Character.toUpperCase(each));
      inWord = Character.isLetterOrDigit(each);
    }
    return capitals.toString();
  }

  /** With a second argument, that text is removed as often as it stands there; else blanks are. */
  private static ScalarFunction trim(String name, boolean leading, boolean trailing) {
    String[] aliases = leading && trailing ? new String[] {"btrim"} : new String[0];
    return RowFunction.named(name, aliases)
        .takes(TEXT)
        .optionally(TEXT)
        .returns(STRING)
        .kernel(
            (context, a, row, out) -> {
              String text = a[0].stringAt(row);
              String part = a.length > 1 ? a[1].stringAt(row) : " ";
              int from = 0;
              int to = text.length();
              while (leading && !part.isEmpty() && text.startsWith(part, from)) {
                from += part.length();
              }
              while (trailing
                  && !part.isEmpty()
                  && to - part.length() >= from
                  && text.startsWith(part, to - part.length())) {
                to -= part.length();
              }
              out.setString(row, text.substring(from, to));
            });
  }

  private static ScalarFunction pad(String name) {
    boolean left = name.equals("lpad");
    return RowFunction.named(name)
        .takes(TEXT, INTEGER)
        .optionally(TEXT)
        .returns(STRING)
        .kernel(
            (context, a, row, out) -> {
              String text = a[0].stringAt(row);
              String pad = a.length > 2 ? a[2].stringAt(row) : " ";
              long length = a[1].longAt(row);
              long missing = length - Text.length(text);
              if (length < 0 || length > Text.BYTES_MAX || (missing > 0 && pad.isEmpty())) {
                out.setNull(row);
              } else if (missing <= 0) {
                out.setString(row, Text.slice(text, 0, length));
              } else {
                int times = (int) (missing / Text.length(pad)) + 1;
                String padding = Text.slice(pad.repeat(times), 0, missing);
                out.setString(row, left ? padding + text : text + padding);
              }
            });
  }

  private static void repeat(String text, long times, int bytes, int row, Column out) {
    if (times > 0 && bytes > 0 && times > Text.BYTES_MAX / bytes) {
      out.setNull(row);
    } else {
      out.setString(row, text.repeat((int) Math.max(0, bytes == 0 ? 0 : times)));
    }
  }

  private static void insert(ExecutionContext context, Column[] a, int row, Column out) {
    String text = a[0].stringAt(row);
    long position = a[1].longAt(row);
    int length = Text.length(text);
    if (position < 1 || position > length) {
      out.setString(row, text);
      return;
    }
    long count = a[2].longAt(row);
    String tail = count < 0 ? "" : Text.slice(text, Math.min(length, position - 1 + count), length);
    out.setString(row, Text.slice(text, 0, position - 1) + a[3].stringAt(row) + tail);
  }
}
