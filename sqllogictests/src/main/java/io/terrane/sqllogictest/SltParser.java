package io.terrane.sqllogictest;

import io.terrane.sqllogictest.SltRecord.Expectation;
import io.terrane.sqllogictest.SltRecord.SortMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads the format of the sqllogictest suite (sqlite.org/sqllogictest): records divided by empty
 * lines, {@code #} comments, {@code skipif}/{@code onlyif} before a record. We answer to the engine
 * names {@code mysql} and {@code terrane}. Beyond it: {@code statement error 1146} names the MySQL
 * error that must come.
 */
public final class SltParser {
  private static final List<String> OUR_NAMES = List.of("mysql", "terrane");

  private final List<String> lines;
  private int at;

  private SltParser(List<String> lines) {
    this.lines = lines;
  }

  /**
   * The records that are meant for us; an IllegalArgumentException names the line it cannot read.
   */
  public static List<SltRecord> parse(List<String> lines) {
    return new SltParser(lines).records();
  }

  private List<SltRecord> records() {
    List<SltRecord> records = new ArrayList<>();
    boolean skip = false;
    while (at < lines.size()) {
      String line = stripComment(lines.get(at));
      if (line.isBlank()) {
        at++;
        continue;
      }
      StringTokenizer words = new StringTokenizer(line);
      String first = words.nextToken();
      if (first.equals("skipif") || first.equals("onlyif")) {
        boolean ours = OUR_NAMES.contains(words.nextToken().toLowerCase(Locale.ROOT));
        skip |= first.equals("skipif") == ours;
        at++;
        continue;
      }
      SltRecord record = record(first, words);
      if (!skip) {
        records.add(record);
      }
      skip = false;
    }
    return records;
  }

  private SltRecord record(String kind, StringTokenizer words) {
    int line = ++at;
    return switch (kind) {
      case "statement" -> statement(line, words);
      case "query" -> query(line, words);
      case "hash-threshold" ->
          new SltRecord.HashThreshold(line, Integer.parseInt(words.nextToken()));
      case "halt" -> new SltRecord.Halt(line);
      default -> throw new IllegalArgumentException("line " + line + ": unknown record " + kind);
    };
  }

  private SltRecord statement(int line, StringTokenizer words) {
    Expectation expectation =
        switch (words.nextToken()) {
          case "ok" -> Expectation.OK;
          case "error" -> Expectation.ERROR;
          case "maybe" -> Expectation.EITHER;
          default -> throw new IllegalArgumentException("line " + line + ": ok or error?");
        };
    Optional<Integer> errno =
        words.hasMoreTokens() ? Optional.of(Integer.valueOf(words.nextToken())) : Optional.empty();
    String sql = sql();
    // Upstream's newer files put the expected text of an error behind a line of dashes.
    if (at < lines.size() && lines.get(at).equals("----")) {
      expected();
    }
    return new SltRecord.Statement(line, sql, expectation, errno);
  }

  private SltRecord query(int line, StringTokenizer words) {
    String types = words.hasMoreTokens() ? words.nextToken() : "";
    SortMode sort = SortMode.NOSORT;
    String label = "";
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      switch (word) {
        case "nosort" -> sort = SortMode.NOSORT;
        case "rowsort" -> sort = SortMode.ROWSORT;
        case "valuesort" -> sort = SortMode.VALUESORT;
        default -> label = word;
      }
    }
    String sql = sql();
    return new SltRecord.Query(line, sql, types, sort, label, expected());
  }

  private String sql() {
    StringBuilder sql = new StringBuilder();
    while (at < lines.size() && !lines.get(at).isBlank() && !lines.get(at).equals("----")) {
      sql.append(sql.isEmpty() ? "" : "\n").append(lines.get(at++));
    }
    return sql.toString();
  }

  private List<String> expected() {
    List<String> values = new ArrayList<>();
    if (at < lines.size() && lines.get(at).equals("----")) {
      at++;
      while (at < lines.size() && !lines.get(at).isBlank()) {
        values.add(lines.get(at++));
      }
    }
    return values;
  }

  private static String stripComment(String line) {
    return line.startsWith("#") ? "" : line.replaceFirst("\\s#.*$", "");
  }
}
