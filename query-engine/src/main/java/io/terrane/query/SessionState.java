package io.terrane.query;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.session.SessionVariables;
import io.terrane.query.show.ShowContext.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session remembers between statements. Of the session's thread, but for what is volatile.
 */
final class SessionState {
  private static final int PROBLEMS_MAX = 64;

  private final ClientInfo client;
  private final SessionVariables variables;
  private final Map<String, String> namedStatements = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private volatile String database;
  private volatile boolean inTransaction;
  private boolean wroteInTransaction;
  private long foundRows;
  private long rowCount = -1;

  SessionState(ClientInfo client, SessionVariables variables, String database) {
    this.client = client;
    this.variables = variables;
    this.database = database;
  }

  ClientInfo client() {
    return client;
  }

  SessionVariables variables() {
    return variables;
  }

  MySqlLexis lexis() {
    return variables.lexis();
  }

  /** Empty if none. */
  String database() {
    return database;
  }

  void use(String newDatabase) {
    database = newDatabase;
  }

  boolean inTransaction() {
    return inTransaction;
  }

  void begin() {
    inTransaction = true;
    wroteInTransaction = false;
  }

  /** Ends the transaction; answers whether it wrote anything. */
  boolean endTransaction() {
    boolean wrote = wroteInTransaction;
    inTransaction = false;
    wroteInTransaction = false;
    return wrote;
  }

  void wrote() {
    wroteInTransaction |= inTransaction || !variables.isOn("autocommit");
  }

  List<Problem> problems() {
    return problems;
  }

  void warn(String level, int code, String message) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new Problem(level, code, message));
    }
  }

  void failed(TerraneException failure) {
    problems.clear();
    warn("Error", failure.code().mysqlErrno(), String.valueOf(failure.getMessage()));
    rowCount = -1;
  }

  void foundRows(long rows) {
    foundRows = rows;
    rowCount = -1;
  }

  void changedRows(long rows) {
    rowCount = rows;
  }

  /** Texts of PREPARE by lower-case name. */
  Map<String, String> namedStatements() {
    return namedStatements;
  }

  void reset() {
    variables.reset();
    namedStatements.clear();
    problems.clear();
    endTransaction();
    foundRows = 0;
    rowCount = -1;
  }

  /** What functions such as DATABASE() ask for; null for NULL. */
  String fact(String name, String version) {
    return switch (name) {
      case "database" -> database.isEmpty() ? null : database;
      case "user", "current_user" -> client.user() + "@" + client.host();
      case "connection_id" -> Long.toString(client.connectionId());
      case "version" -> version;
      case "last_insert_id" -> "0";
      case "found_rows" -> Long.toString(foundRows);
      case "found_rows_wanted" -> client.foundRows() ? "1" : "0";
      case "cte_max_recursion_depth" -> Long.toString(variables.recursionMax());
      case "row_count" -> Long.toString(rowCount);
      default -> null;
    };
  }
}
