package io.terrane.query.parse;

/** A token that does not fit; the position is the grammar's, not yet the client's. */
final class SyntaxProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SyntaxProblem(int line, int column) {
    super("unexpected token", null, false, false);
    this.line = line;
    this.column = column;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }
}
