package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.DataType;
import io.terrane.query.parse.Statement.IndexClause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Options of a column's index: checked, and completed by those that are not given. */
final class IndexOptions {
  private static final String ANALYZER = "analyzer";
  private static final String BACKEND = "backend";
  private static final String CASE_SENSITIVE = "case_sensitive";
  private static final String FALSE_POSITIVE_RATE = "false_positive_rate";
  private static final String GRANULARITY = "granularity";
  private static final String TYPE = "type";

  private static final Map<String, String> FULLTEXT =
      Map.of(
          ANALYZER,
          "English",
          BACKEND,
          "bloom",
          CASE_SENSITIVE,
          "false",
          FALSE_POSITIVE_RATE,
          "0.01",
          GRANULARITY,
          "10240");

  private static final Map<String, String> SKIPPING =
      Map.of(FALSE_POSITIVE_RATE, "0.01", GRANULARITY, "10240", TYPE, "BLOOM");

  /** Values as they are written, of the options that have few. */
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          ANALYZER,
          List.of("English", "Chinese"),
          BACKEND,
          List.of("bloom", "tantivy"),
          CASE_SENSITIVE,
          List.of("true", "false"),
          TYPE,
          List.of("BLOOM"));

  private IndexOptions() {}

  /** The index of a column of that type; INVALID_ARGUMENT if it cannot be. */
  static ColumnIndex index(String column, DataType type, IndexClause clause) {
    ColumnIndex.Kind kind = clause.kind();
    if (kind == ColumnIndex.Kind.FULLTEXT && type.kind() != DataType.Kind.STRING) {
      throw invalid("Column '" + column + "': a FULLTEXT index only supports string types");
    }
    Map<String, String> options =
        new TreeMap<>(
            switch (kind) {
              case FULLTEXT -> FULLTEXT;
              case SKIPPING -> SKIPPING;
              case INVERTED -> Map.<String, String>of();
            });
    clause
        .options()
        .forEach(
            (key, value) -> {
              if (!options.containsKey(key)) {
                throw invalid(
                    "Column '"
                        + column
                        + "': unknown option '"
                        + key
                        + "' of a "
                        + kind
                        + " index");
              }
              options.put(key, checked(kind, key, value));
            });
    if ("tantivy".equals(options.get(BACKEND))) {
      options.remove(FALSE_POSITIVE_RATE);
      options.remove(GRANULARITY);
    }
    return new ColumnIndex(kind, options);
  }

  /** What is in the files already was split into words; that cannot be done another way. */
  static void checkReplaces(String column, ColumnIndex before, ColumnIndex after) {
    for (String key : List.of(ANALYZER, CASE_SENSITIVE)) {
      if (before.options().containsKey(key)
          && !before.options().get(key).equals(after.options().get(key))) {
        throw invalid(
            "Column '" + column + "': cannot change " + key + " of a FULLTEXT index that is set");
      }
    }
  }

  private static String checked(ColumnIndex.Kind kind, String key, String value) {
    if (key.equals(GRANULARITY)) {
      if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) == 0) {
        throw invalid(kind + " index: granularity is a positive integer, not '" + value + "'");
      }
      return value;
    }
    if (key.equals(FALSE_POSITIVE_RATE)) {
      if (!isRate(value)) {
        throw invalid(
            kind + " index: 0.0 < false_positive_rate <= 1.0, which '" + value + "' is not");
      }
      return value;
    }
    return CHOICES.get(key).stream()
        .filter(value::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    kind + " index: " + key + " is one of " + CHOICES.get(key) + ", not " + value));
  }

  private static boolean isRate(String value) {
    if (!value.matches("[0-9]{1,3}(\\.[0-9]{1,15})?")) {
      return false;
    }
    double rate = Double.parseDouble(value);
    return rate > 0 && rate <= 1;
  }

  private static TerraneException invalid(String message) {
    return new TerraneException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
