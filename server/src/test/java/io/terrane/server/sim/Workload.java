package io.terrane.server.sim;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Clients of all frontends: writers of registers, of a table with a unique key and of an
 * append-only table, and readers of the registers. Remembers what each was told.
 */
final class Workload {
  static final List<String> TABLES = List.of("reg0", "reg1", "uniq", "appended");
  private static final Duration DATANODES_KNOWN = Duration.ofSeconds(3);
  private static final int PAUSE_MILLIS = 400;
  private static final int APPENDED_ROWS = 3;

  private final SimulatedCluster cluster;
  private final Random random;
  private final List<RegisterHistory> registers = new ArrayList<>();
  private final SetHistory unique = new SetHistory("uniq");
  private final SetHistory appended = new SetHistory("appended");
  private final List<String> failures = new ArrayList<>();
  private boolean stopping;
  private int running;
  private long nextValue;
  private int statements;
  private long longestNanos;

  Workload(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random();
  }

  /** Makes the tables; returns when every frontend knows them. */
  void createTables() {
    SimulatedFrontend first = cluster.frontends().get(0);
    cluster.await(
        Duration.ofMinutes(2),
        "a catalogue",
        () -> first.catalog().findDatabase("public").isPresent());
    cluster.run(DATANODES_KNOWN);
    client(
        1,
        session -> {
          for (String table : List.of("reg0", "reg1")) {
            SimulatedFrontend.run(
                session,
                "CREATE TABLE "
                    + table
                    + " (k STRING, ts TIMESTAMP(3) TIME INDEX, v BIGINT, PRIMARY KEY (k))");
          }
          SimulatedFrontend.run(session, "CREATE TABLE uniq (id BIGINT PRIMARY KEY, v BIGINT)");
          SimulatedFrontend.run(
              session,
              "CREATE TABLE appended (id BIGINT, ts TIMESTAMP(3) TIME INDEX)"
                  + " WITH (append_mode = 'true')");
        });
    awaitEnd(Duration.ofMinutes(5));
    cluster.await(
        Duration.ofMinutes(1),
        "every frontend knows every table",
        () ->
            cluster.frontends().stream()
                .allMatch(frontend -> frontend.catalog().routes().size() == TABLES.size()));
  }

  private interface Session {
    void use(SqlSession session);
  }

  /** A client of the frontend of that number, from 1 on. */
  private void client(int frontend, Session work) {
    running++;
    SimulatedFrontend server = cluster.frontends().get(frontend - 1);
    Fiber.start(
        server.process(),
        () -> {
          try (SqlSession session = server.connect()) {
            work.use(session);
          } finally {
            running--;
          }
        });
  }

  void start() {
    for (int frontend = 1; frontend <= cluster.frontends().size(); frontend++) {
      int number = frontend;
      client(number, session -> writeRegisters(session, number));
      client(number, session -> writeRegisters(session, number));
      client(number, session -> readRegisters(session, number));
      client(number, session -> insertUnique(session, number));
      client(number, session -> append(session, number));
    }
  }

  /** Clients end their statement and go. */
  void stop() {
    stopping = true;
  }

  void awaitEnd(Duration timeout) {
    cluster.await(timeout, "clients have been answered", () -> running == 0);
  }

  /** Statements that ended otherwise than well. */
  List<String> failures() {
    return failures;
  }

  int statements() {
    return statements;
  }

  /** How long the slowest write took. */
  Duration longest() {
    return Duration.ofNanos(longestNanos);
  }

  int staleReads() {
    return registers.stream().mapToInt(RegisterHistory::stale).sum();
  }

  private void pause() {
    SimulatedFuture<Void> over = new SimulatedFuture<>();
    Fiber.current()
        .process()
        .schedule(Duration.ofMillis(random.nextInt(PAUSE_MILLIS)), () -> over.complete(null));
    over.join();
  }

  private void writeRegisters(SqlSession session, int frontend) {
    RegisterHistory history = newRegister();
    boolean present = false;
    while (!stopping) {
      boolean delete = present && random.nextInt(4) == 0;
      long value = ++nextValue;
      Operation write =
          history.write(
              frontend,
              cluster.world().nanos(),
              delete ? OptionalLong.empty() : OptionalLong.of(value));
      String table = table(history);
      perform(
          session,
          write,
          delete
              ? "DELETE FROM %s WHERE k = '%s'".formatted(table, history.key())
              : "INSERT INTO %s VALUES ('%s', 1, %d)".formatted(table, history.key(), value));
      if (write.outcome == Operation.Outcome.DONE) {
        present = !delete;
      } else if (write.outcome == Operation.Outcome.UNKNOWN) {
        history = newRegister();
        present = false;
      }
      pause();
    }
  }

  private RegisterHistory newRegister() {
    RegisterHistory history = new RegisterHistory("k" + registers.size());
    registers.add(history);
    return history;
  }

  private static String table(RegisterHistory history) {
    return "reg" + Integer.parseInt(history.key().substring(1)) % 2;
  }

  private void perform(SqlSession session, Operation operation, String sql) {
    statements++;
    try {
      SimulatedFrontend.run(session, sql);
      operation.end(Operation.Outcome.DONE, cluster.world().nanos());
      longestNanos = Math.max(longestNanos, operation.endedNanos - operation.begunNanos);
    } catch (TerraneException e) {
      if (e.code() == ErrorCode.DUPLICATE_KEY || e.code() == ErrorCode.INTERNAL) {
        throw new AssertionError(sql + ": " + e.getMessage(), e);
      }
      operation.end(
          e.kind() == ErrorKind.OUTCOME_UNKNOWN
              ? Operation.Outcome.UNKNOWN
              : Operation.Outcome.REFUSED,
          cluster.world().nanos());
      failed(sql, e);
    }
  }

  private void failed(String sql, TerraneException e) {
    String line = sql + ": " + e.code() + " " + e.getMessage();
    failures.add(line);
    cluster.note(line);
  }

  private void readRegisters(SqlSession session, int frontend) {
    while (!stopping) {
      pause();
      if (!registers.isEmpty()) {
        RegisterHistory history =
            registers.get(Math.max(0, registers.size() - 1 - random.nextInt(6)));
        long begun = cluster.world().nanos();
        statements++;
        try {
          OptionalLong found = readRegister(session, history);
          history.read(frontend, begun, cluster.world().nanos(), found);
        } catch (TerraneException e) {
          failed("SELECT of " + history.key(), e);
        }
      }
    }
  }

  private static OptionalLong readRegister(SqlSession session, RegisterHistory history) {
    List<List<String>> rows =
        SimulatedFrontend.run(
            session, "SELECT v FROM %s WHERE k = '%s'".formatted(table(history), history.key()));
    if (rows.size() > 1) {
      throw new AssertionError("key " + history.key() + " is there more than once: " + rows);
    }
    return rows.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(rows.get(0).get(0)));
  }

  private void insertUnique(SqlSession session, int frontend) {
    while (!stopping) {
      long value = ++nextValue;
      Operation write = new Operation(frontend, cluster.world().nanos(), OptionalLong.of(value));
      unique.add(List.of(value), write);
      perform(session, write, "INSERT INTO uniq VALUES (%d, %d)".formatted(value, value));
      pause();
    }
  }

  private void append(SqlSession session, int frontend) {
    while (!stopping) {
      List<Long> values = new ArrayList<>();
      StringBuilder sql = new StringBuilder("INSERT INTO appended VALUES ");
      for (int i = 0; i < APPENDED_ROWS; i++) {
        long value = ++nextValue;
        values.add(value);
        sql.append(i > 0 ? ", " : "").append('(').append(value).append(", ").append(value);
        sql.append(')');
      }
      Operation write =
          new Operation(frontend, cluster.world().nanos(), OptionalLong.of(values.get(0)));
      appended.add(values, write);
      perform(session, write, sql.toString());
      pause();
    }
  }

  /** Reads everything back, at every frontend; call when all is well again. */
  void check() {
    stopping = true;
    for (int frontend = 1; frontend <= cluster.frontends().size(); frontend++) {
      int number = frontend;
      client(number, session -> readBack(session, number));
    }
    awaitEnd(Duration.ofMinutes(5));
  }

  private void readBack(SqlSession session, int frontend) {
    cluster.frontends().get(frontend - 1).metasrv().latest().join();
    for (RegisterHistory history : registers) {
      long begun = cluster.world().nanos();
      history.readAtTheEnd(begun, readRegister(session, history));
    }
    unique.check(ids(session, "uniq"));
    appended.check(ids(session, "appended"));
  }

  private static List<Long> ids(SqlSession session, String table) {
    return SimulatedFrontend.run(session, "SELECT id FROM " + table).stream()
        .map(row -> Long.parseLong(row.get(0)))
        .toList();
  }
}
