package io.terrane.frontend.mysql.command;

import io.terrane.api.sql.SqlSession;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.result.Responder;

/** What one logged-in client has; used by its commands, one at a time. */
public final class ClientState {
  /** Whether one COM_QUERY may hold several statements. */
  enum MultiStatements {
    ALLOWED,
    REFUSED
  }

  private final SqlSession session;
  private final Responder responder;
  private final StatementTable statements;
  private MultiStatements multiStatements;

  public ClientState(
      SqlSession session, Responder responder, Capabilities capabilities, StatementLimits limits) {
    this.session = session;
    this.responder = responder;
    this.statements = new StatementTable(limits);
    this.multiStatements =
        capabilities.has(Capabilities.MULTI_STATEMENTS)
            ? MultiStatements.ALLOWED
            : MultiStatements.REFUSED;
  }

  public SqlSession session() {
    return session;
  }

  public Responder responder() {
    return responder;
  }

  StatementTable statements() {
    return statements;
  }

  MultiStatements multiStatements() {
    return multiStatements;
  }

  void allow(MultiStatements allowed) {
    multiStatements = allowed;
  }
}
