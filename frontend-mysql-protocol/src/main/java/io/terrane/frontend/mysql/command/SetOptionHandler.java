package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.Responder;

/** COM_SET_OPTION: switches whether one query may hold several statements. */
final class SetOptionHandler implements CommandHandler {
  private static final int MULTI_STATEMENTS_ON = 0;
  private static final int MULTI_STATEMENTS_OFF = 1;

  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    switch (payload.readUint16()) {
      case MULTI_STATEMENTS_ON -> client.allow(ClientState.MultiStatements.ALLOWED);
      case MULTI_STATEMENTS_OFF -> client.allow(ClientState.MultiStatements.REFUSED);
      default -> throw CommandDispatcher.unknownCommand();
    }
    client.responder().endOfRows(0, Responder.Followed.BY_NOTHING);
    return Continuation.DONE;
  }
}
