package io.terrane.query.parse;

/**
 * The parts of a session's {@code sql_mode} that change how text is read (MySQL 8.4 manual, "Server
 * SQL Modes").
 *
 * @param ansiQuotes double quotes enclose names instead of strings
 * @param pipesAsConcat {@code ||} joins strings instead of meaning OR
 * @param noBackslashEscapes a backslash in a string is a plain character
 */
public record MySqlLexis(boolean ansiQuotes, boolean pipesAsConcat, boolean noBackslashEscapes) {
  /** What MySQL does unless told otherwise. */
  public static final MySqlLexis DEFAULT = new MySqlLexis(false, false, false);
}
