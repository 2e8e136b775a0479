package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_STMT_RESET: forgets the long data of a prepared statement. */
final class StmtResetHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.statements().get(payload.readInt32(), "mysqld_stmt_reset").forgetLongData();
    client.responder().ok();
    return Continuation.DONE;
  }
}
