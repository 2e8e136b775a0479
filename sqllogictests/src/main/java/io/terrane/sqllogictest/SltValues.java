package io.terrane.sqllogictest;

import io.terrane.sqllogictest.SltRecord.SortMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The values of a result as the format writes them: one a line, row after row; NULL as {@code
 * NULL}, an empty text as {@code (empty)}, control characters as {@code @}, R columns with three
 * decimals, I columns cut to integers.
 */
final class SltValues {
  private final List<String> values;
  private final int columns;

  private SltValues(List<String> values, int columns) {
    this.values = values;
    this.columns = columns;
  }

  static SltValues read(ResultSet rows, String types) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        char type = column <= types.length() ? types.charAt(column - 1) : 'T';
        values.add(format(rows, column, type));
      }
    }
    return new SltValues(values, columns);
  }

  int columns() {
    return columns;
  }

  int rows() {
    return columns == 0 ? 0 : values.size() / columns;
  }

  List<String> sorted(SortMode mode) {
    return sort(values, mode, Math.max(1, columns));
  }

  static List<String> sort(List<String> values, SortMode mode, int columns) {
    switch (mode) {
      case NOSORT:
        return values;
      case VALUESORT:
        List<String> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
      default:
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i + columns <= values.size(); i += columns) {
          rows.add(values.subList(i, i + columns));
        }
        rows.sort(Comparator.comparing(row -> String.join("\n", row)));
        return rows.stream().flatMap(List::stream).toList();
    }
  }

  /** Expected lines as single values: a file may give one value or one whole row a line. */
  static List<String> expected(List<String> lines, int rows, int values, String types) {
    if (lines.size() == values || lines.size() != rows || types.length() < 2) {
      return lines;
    }
    List<String> split = new ArrayList<>();
    for (String line : lines) {
      StringTokenizer words = new StringTokenizer(line, line.indexOf('\t') >= 0 ? "\t" : " ");
      while (words.hasMoreTokens()) {
        split.add(words.nextToken());
      }
    }
    return split;
  }

  static String md5(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String format(ResultSet rows, int column, char type) throws SQLException {
    String text = rows.getString(column);
    if (text == null) {
      return "NULL";
    }
    return switch (type) {
      case 'I' -> integer(text);
      case 'R' -> real(text);
      default -> text(text);
    };
  }

  private static String integer(String text) {
    try {
      return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0
          ? Long.toString(Long.parseLong(text))
          : Long.toString((long) Double.parseDouble(text));
    } catch (NumberFormatException notANumber) {
      return text.equals("true") ? "1" : "0";
    }
  }

  private static String real(String text) {
    try {
      return String.format(Locale.ROOT, "%.3f", Double.parseDouble(text));
    } catch (NumberFormatException notANumber) {
      return text;
    }
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      return "(empty)";
    }
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> printable.appendCodePoint(c < ' ' || c == 127 ? '@' : c));
    return printable.toString();
  }
}
