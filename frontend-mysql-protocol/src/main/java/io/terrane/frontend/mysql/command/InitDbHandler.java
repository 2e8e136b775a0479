package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_INIT_DB: changes the current database. */
final class InitDbHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.session().useDatabase(payload.readRestString());
    client.responder().ok();
    return Continuation.DONE;
  }
}
