package io.terrane.frontend.mysql.command;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One client's prepared statements by the number the client knows them by. */
final class StatementTable {
  private final StatementLimits limits;
  private final Map<Integer, ClientStatement> statements = new HashMap<>();
  private int lastId;

  StatementTable(StatementLimits limits) {
    this.limits = limits;
  }

  int add(PreparedStatement statement) {
    lastId++;
    statements.put(lastId, new ClientStatement(statement));
    return lastId;
  }

  void checkRoom() {
    if (statements.size() >= limits.statementsMax()) {
      throw new TerraneException(
          ErrorCode.TOO_MANY_STATEMENTS,
          "Can't create more than " + limits.statementsMax() + " prepared statements");
    }
  }

  Optional<ClientStatement> find(int id) {
    return Optional.ofNullable(statements.get(id));
  }

  /** The statement, or UNKNOWN_STATEMENT. */
  ClientStatement get(int id, String command) {
    return find(id)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.UNKNOWN_STATEMENT,
                    "Unknown prepared statement handler ("
                        + Integer.toUnsignedString(id)
                        + ") given to "
                        + command));
  }

  void append(int id, int parameter, byte[] bytes) {
    ClientStatement statement = statements.get(id);
    if (statement == null || statement.failure().isPresent()) {
      return;
    }
    long held = statements.values().stream().mapToLong(ClientStatement::longDataBytes).sum();
    if (parameter >= statement.statement().parameterCount()) {
      statement.fail(
          new TerraneException(
              ErrorCode.INVALID_ARGUMENT,
              "the statement has no parameter " + parameter + " to send long data for"));
    } else if (held + bytes.length > limits.longDataBytesMax()) {
      statement.forgetLongData();
      statement.fail(
          new TerraneException(
              ErrorCode.PACKET_TOO_LARGE,
              "Parameter of prepared statement which is set through"
                  + " mysql_send_long_data() is longer than "
                  + limits.longDataBytesMax()
                  + " bytes"));
    } else {
      statement.append(parameter, bytes);
    }
  }

  void remove(int id) {
    statements.remove(id);
  }

  void clear() {
    statements.clear();
  }
}
