package io.terrane.frontend.mysql.command;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import io.terrane.frontend.mysql.message.ComStmtExecute;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.ResultSequence;
import io.terrane.frontend.mysql.result.RowEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** COM_STMT_EXECUTE: runs a prepared statement with parameters in binary form. */
final class StmtExecuteHandler implements CommandHandler {
  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    ClientStatement target = client.statements().get(payload.readInt32(), "mysqld_stmt_execute");
    Optional<TerraneException> failure = target.failure();
    if (failure.isPresent()) {
      target.forgetLongData();
      throw failure.get();
    }
    SqlSession session = client.session();
    List<Datum> parameters =
        readParameters(payload, target, new ParameterReader(session.timeZone()));
    target.forgetLongData();
    StatementResult result = session.execute(target.statement(), parameters);
    return new ResultSequence(
        session, List.of(result).iterator(), RowEncoder.BINARY, client.responder(), client::expect);
  }

  private static List<Datum> readParameters(
      PayloadReader payload, ClientStatement target, ParameterReader reader) {
    int count = target.statement().parameterCount();
    ComStmtExecute execute = ComStmtExecute.read(payload, count, target.types());
    target.remember(execute.types());
    List<Datum> parameters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Optional<byte[]> longData = target.longData(i);
      if (longData.isPresent()) {
        parameters.add(ParameterReader.ofBytes(longData.get()));
      } else if (execute.isNull(i)) {
        parameters.add(Datum.NULL);
      } else {
        parameters.add(reader.read(execute.types().get(i), payload));
      }
    }
    return parameters;
  }
}
