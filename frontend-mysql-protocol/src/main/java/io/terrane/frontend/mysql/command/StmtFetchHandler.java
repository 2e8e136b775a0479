package io.terrane.frontend.mysql.command;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_STMT_FETCH: no execution ever opens a cursor, so there is none to fetch from. */
final class StmtFetchHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    int id = payload.readInt32();
    client.statements().get(id, "mysqld_stmt_fetch");
    throw new TerraneException(
        ErrorCode.UNSUPPORTED, "The statement (" + id + ") has no open cursor.");
  }
}
