package io.terrane.frontend.mysql.command;

import io.netty.buffer.ByteBuf;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.Responder;
import java.util.Optional;
import java.util.function.Function;

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
  private Optional<FileUpload> upload = Optional.empty();

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

  /** The packets that follow are a file. */
  void expect(FileContent content, Function<Affected, Continuation> answer) {
    upload = Optional.of(new FileUpload(content, answer));
  }

  /** Whether the next packet is not a command but a piece of a file. */
  public boolean isReceivingFile() {
    return upload.filter(file -> !file.hasEnded()).isPresent();
  }

  public Continuation receive(ByteBuf packet) {
    return upload.orElseThrow().receive(packet);
  }

  /** Gives up a file that is not complete; the session closes itself. */
  public void close() {
    upload.ifPresent(FileUpload::close);
  }

  MultiStatements multiStatements() {
    return multiStatements;
  }

  void allow(MultiStatements allowed) {
    multiStatements = allowed;
  }
}
