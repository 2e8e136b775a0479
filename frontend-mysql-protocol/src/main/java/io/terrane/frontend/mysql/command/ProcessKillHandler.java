package io.terrane.frontend.mysql.command;

import io.terrane.api.sql.StatementResult;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import java.util.Iterator;

/** COM_PROCESS_KILL: the statement KILL in an older form. */
final class ProcessKillHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    Iterator<StatementResult> results =
        client.session().execute("KILL " + payload.readUint32(), false);
    results.next();
    client.responder().ok();
    return Continuation.DONE;
  }
}
