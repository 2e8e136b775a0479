package io.terrane.query.session;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.parse.MySqlLexis;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code sql_mode}: its words, and what they change (MySQL 8.4 manual, "Server SQL Modes"). */
final class SqlMode {
  private static final Set<String> WORDS =
      Set.of(
          "ALLOW_INVALID_DATES",
          "ANSI_QUOTES",
          "ERROR_FOR_DIVISION_BY_ZERO",
          "HIGH_NOT_PRECEDENCE",
          "IGNORE_SPACE",
          "NO_AUTO_CREATE_USER",
          "NO_AUTO_VALUE_ON_ZERO",
          "NO_BACKSLASH_ESCAPES",
          "NO_DIR_IN_CREATE",
          "NO_ENGINE_SUBSTITUTION",
          "NO_UNSIGNED_SUBTRACTION",
          "NO_ZERO_DATE",
          "NO_ZERO_IN_DATE",
          "ONLY_FULL_GROUP_BY",
          "PAD_CHAR_TO_FULL_LENGTH",
          "PIPES_AS_CONCAT",
          "REAL_AS_FLOAT",
          "STRICT_ALL_TABLES",
          "STRICT_TRANS_TABLES",
          "TIME_TRUNCATE_FRACTIONAL");

  private SqlMode() {}

  /** The value in its canonical spelling; WRONG_VARIABLE_VALUE for an unknown word. */
  static String normalized(String value) {
    Set<String> words = new LinkedHashSet<>();
    for (String part : value.split(",", -1)) {
      String word = part.strip().toUpperCase(Locale.ROOT);
      if (word.isEmpty()) {
        continue;
      } else if (word.equals("ANSI")) {
        words.addAll(
            List.of("REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "ANSI"));
      } else if (word.equals("TRADITIONAL")) {
        words.addAll(
            List.of(
                "STRICT_TRANS_TABLES",
                "STRICT_ALL_TABLES",
                "NO_ZERO_IN_DATE",
                "NO_ZERO_DATE",
                "ERROR_FOR_DIVISION_BY_ZERO",
                "TRADITIONAL",
                "NO_ENGINE_SUBSTITUTION"));
      } else if (WORDS.contains(word)) {
        words.add(word);
      } else {
        throw new TerraneException(
            ErrorCode.WRONG_VARIABLE_VALUE,
            "Variable 'sql_mode' can't be set to the value of '" + part.strip() + "'");
      }
    }
    return String.join(",", words);
  }

  static MySqlLexis lexis(String mode) {
    Set<String> words = Set.of(mode.isEmpty() ? new String[0] : mode.split(",", -1));
    return new MySqlLexis(
        words.contains("ANSI_QUOTES"),
        words.contains("PIPES_AS_CONCAT"),
        words.contains("NO_BACKSLASH_ESCAPES"));
  }
}
