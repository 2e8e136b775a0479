package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.ResultSequence;
import io.terrane.frontend.mysql.result.RowEncoder;

/** COM_QUERY: one or more statements as text. */
final class QueryHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    boolean multiple = client.multiStatements() == ClientState.MultiStatements.ALLOWED;
    return new ResultSequence(
        client.session(),
        client.session().execute(payload.readRestString(), multiple),
        RowEncoder.TEXT,
        client.responder(),
        client::expect);
  }
}
