package io.terrane.frontend.mysql.command;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.frontend.mysql.message.ColumnDefinition41;
import io.terrane.frontend.mysql.message.StmtPrepareOk;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import java.util.Collections;
import java.util.List;

/** COM_STMT_PREPARE: parses a statement and describes its parameters and columns. */
final class StmtPrepareHandler implements CommandHandler {
  /** The answer counts parameters in 16 bits. */
  private static final int COUNT_MAX = 0xFFFF;

  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.statements().checkRoom();
    PreparedStatement statement = client.session().prepare(payload.readRestString());
    if (statement.parameterCount() > COUNT_MAX) {
      throw new TerraneException(
          ErrorCode.NOT_PREPARABLE,
          "Prepared statement contains too many placeholders: " + statement.parameterCount());
    }
    List<ColumnDefinition41> columns =
        statement.columns().stream().map(ColumnDefinition41::of).toList();
    int id = client.statements().add(statement);
    StmtPrepareOk ok = new StmtPrepareOk(id, columns.size(), statement.parameterCount(), 0);
    client.responder().packet(ok::write);
    client
        .responder()
        .definitions(Collections.nCopies(statement.parameterCount(), ColumnDefinition41.PARAMETER));
    client.responder().definitions(columns);
    return Continuation.DONE;
  }
}
