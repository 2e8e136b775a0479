package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_STMT_SEND_LONG_DATA: a piece of a parameter, ahead of its execution; has no answer. */
final class StmtSendLongDataHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    int id = payload.readInt32();
    int parameter = payload.readUint16();
    client.statements().append(id, parameter, payload.readRest());
    return Continuation.DONE;
  }
}
