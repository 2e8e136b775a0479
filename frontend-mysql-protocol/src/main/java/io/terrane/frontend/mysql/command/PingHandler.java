package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** COM_PING: says that the server is there. */
final class PingHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    client.responder().ok();
    return Continuation.DONE;
  }
}
