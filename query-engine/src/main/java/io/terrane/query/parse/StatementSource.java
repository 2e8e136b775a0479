package io.terrane.query.parse;

import io.terrane.api.error.TerraneException;
import java.util.Optional;

/** One statement of a text, not yet read. */
public final class StatementSource {
  private final StatementText text;

  StatementSource(StatementText text) {
    this.text = text;
  }

  /** The statement as written. */
  public String text() {
    return text.written();
  }

  /** How it was read. */
  public MySqlLexis lexis() {
    return text.lexis();
  }

  /** Empty where plans cannot be shared. */
  public Optional<StatementTemplate> template() {
    return StatementTemplate.of(text);
  }

  public ParsedStatement parse() {
    return SqlParsing.parse(text);
  }

  /** The error for a statement that stands where there may be none. */
  public TerraneException unexpected() {
    return SqlParsing.syntaxError(text, 1, 1, null);
  }
}
