package io.terrane.query.parse;

/**
 * @param text as written, without the comments around it
 * @param parameters number of {@code ?} markers
 */
public record ParsedStatement(Statement statement, String text, int parameters) {}
