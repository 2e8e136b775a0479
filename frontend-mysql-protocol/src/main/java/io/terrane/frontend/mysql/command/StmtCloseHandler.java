package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_STMT_CLOSE: forgets a prepared statement; has no answer. */
final class StmtCloseHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.statements().remove(payload.readInt32());
    return Continuation.DONE;
  }
}
