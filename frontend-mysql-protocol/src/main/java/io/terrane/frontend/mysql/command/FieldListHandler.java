package io.terrane.frontend.mysql.command;

import io.terrane.api.sql.ResultColumn;
import io.terrane.frontend.mysql.message.ColumnDefinition41;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.Responder;
import java.util.List;

/** COM_FIELD_LIST: the columns of a table, each with an empty place for its default. */
final class FieldListHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    String table = payload.readNulString();
    // The wildcard behind the name is empty or % in what clients send, and is ignored.
    String quoted = "`" + table.replace("`", "``") + "`";
    List<ResultColumn> columns =
        client.session().prepare("SELECT * FROM " + quoted + " LIMIT 0").columns();
    for (ResultColumn column : columns) {
      ColumnDefinition41 definition = ColumnDefinition41.of(column);
      client
          .responder()
          .packet(
              out -> {
                definition.write(out);
                out.writeNull();
              });
    }
    client.responder().endOfRows(0, Responder.Followed.BY_NOTHING);
    return Continuation.DONE;
  }
}
