package io.terrane.frontend.mysql.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.SqlService;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A SqlService that answers what it was told to, SET and the variables drivers ask for at connect;
 * remembers what it was asked. Statements are split at semicolons.
 */
public final class StubSqlService implements SqlService {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "@@(?:session\\.|global\\.)?(\\w+)(?:\\s+AS\\s+(\\w+))?", Pattern.CASE_INSENSITIVE);

  private final BufferAllocator allocator;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<StubSession> sessions = ConcurrentHashMap.newKeySet();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final List<List<Datum>> parameters = new CopyOnWriteArrayList<>();
  private final Map<Long, Runnable> disconnects = new ConcurrentHashMap<>();
  private volatile ZoneId zone = ZoneOffset.UTC;

  /** Answers one statement. */
  public record Answer(
      List<ResultColumn> columns, BiFunction<StubSession, List<Datum>, StatementResult> run) {}

  public StubSqlService(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public StubSqlService on(String sql, BiFunction<StubSession, List<Datum>, StatementResult> run) {
    return on(sql, List.of(), run);
  }

  public StubSqlService on(
      String sql,
      List<ResultColumn> columns,
      BiFunction<StubSession, List<Datum>, StatementResult> run) {
    answers.put(sql, new Answer(columns, run));
    return this;
  }

  /** Answers {@code sql} with these rows. */
  public StubSqlService onRows(String sql, List<ResultColumn> columns, List<List<Object>> rows) {
    return on(sql, columns, (session, parameters) -> StubRows.of(allocator, columns, rows));
  }

  /** All sessions' time zone. */
  public void zone(ZoneId newZone) {
    zone = newZone;
  }

  ZoneId zone() {
    return zone;
  }

  public List<String> statements() {
    return statements;
  }

  /** The parameters of each execution of a prepared statement. */
  public List<List<Datum>> parameters() {
    return parameters;
  }

  public Set<StubSession> sessions() {
    return sessions;
  }

  @Override
  public SqlSession open(ClientInfo client) {
    return open(client, () -> {});
  }

  @Override
  public SqlSession open(ClientInfo client, Runnable disconnect) {
    StubSession session = new StubSession(this, client);
    client.database().ifPresent(session::useDatabase);
    disconnects.put(client.connectionId(), disconnect);
    sessions.add(session);
    return session;
  }

  void closed(StubSession session) {
    sessions.remove(session);
    disconnects.remove(session.client().connectionId());
  }

  StatementResult run(StubSession session, String sql, List<Datum> values) {
    statements.add(sql);
    Answer answer = answers.get(sql);
    if (answer != null) {
      return answer.run().apply(session, values);
    }
    String bare = sql.replaceAll("/\\*.*?\\*/", "").strip();
    if (bare.regionMatches(true, 0, "SET ", 0, 4)) {
      return StatementResult.Affected.NOTHING;
    }
    if (bare.startsWith("USE ")) {
      session.useDatabase(bare.substring(4));
      return StatementResult.Affected.NOTHING;
    }
    if (bare.startsWith("KILL ")) {
      String id = bare.substring(bare.lastIndexOf(' ') + 1);
      Runnable disconnect = disconnects.get(Long.valueOf(id));
      if (disconnect == null) {
        throw new TerraneException(ErrorCode.UNKNOWN_THREAD, "Unknown thread id: " + id);
      }
      disconnect.run();
      return StatementResult.Affected.NOTHING;
    }
    if (bare.regionMatches(true, 0, "SELECT @@", 0, 9)
        || bare.regionMatches(true, 0, "SELECT  @@", 0, 10)) {
      return variables(bare);
    }
    throw new TerraneException(ErrorCode.SYNTAX_ERROR, "You have an error near '" + sql + "'");
  }

  PreparedStatement prepare(String sql) {
    Answer answer = answers.get(sql);
    if (answer == null) {
      throw new TerraneException(ErrorCode.TABLE_NOT_FOUND, "Table 'public.t' doesn't exist");
    }
    int count = (int) sql.chars().filter(c -> c == '?').count();
    return new StubStatement(sql, count, answer.columns());
  }

  record StubStatement(String sql, int parameterCount, List<ResultColumn> columns)
      implements PreparedStatement {}

  private StatementResult variables(String sql) {
    List<ResultColumn> columns = new ArrayList<>();
    List<Object> row = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(sql);
    while (matcher.find()) {
      String name = matcher.group(2) == null ? "@@" + matcher.group(1) : matcher.group(2);
      Object value = variable(matcher.group(1));
      columns.add(
          ResultColumn.expression(name, value instanceof Long ? DataType.INT64 : DataType.STRING));
      row.add(value);
    }
    return StubRows.of(allocator, columns, List.of(row));
  }

  private static Object variable(String name) {
    return switch (name) {
      case "auto_increment_increment", "autocommit" -> 1L;
      case "interactive_timeout", "wait_timeout", "net_write_timeout" -> 28_800L;
      case "max_allowed_packet" -> 64L << 20;
      case "lower_case_table_names", "performance_schema", "transaction_read_only" -> 0L;
      case "character_set_client",
          "character_set_connection",
          "character_set_results",
          "character_set_server" ->
          "utf8mb4";
      case "collation_server", "collation_connection" -> "utf8mb4_0900_ai_ci";
      case "system_time_zone", "time_zone" -> "UTC";
      case "transaction_isolation" -> "REPEATABLE-READ";
      default -> "";
    };
  }
}
