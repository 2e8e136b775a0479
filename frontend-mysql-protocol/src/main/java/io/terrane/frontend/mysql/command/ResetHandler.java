package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_RESET_CONNECTION: back to the state after login. */
final class ResetHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.statements().clear();
    client.session().reset();
    client.responder().ok();
    return Continuation.DONE;
  }
}
