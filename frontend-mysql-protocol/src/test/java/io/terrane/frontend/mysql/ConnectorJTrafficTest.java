package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.testing.RunningServer;
import io.terrane.frontend.mysql.testing.StubRows;
import io.terrane.frontend.mysql.testing.StubSession;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large, many and broken-off results and statements, through MySQL's own JDBC driver. */
class ConnectorJTrafficTest {
  private static final List<ResultColumn> ONE_TEXT =
      List.of(ResultColumn.expression("s", DataType.STRING));
  private static final int BIG = 20 << 20;

  private final AtomicReference<StubRows> streamed = new AtomicReference<>();
  private RunningServer server;

  @BeforeEach
  void start() {
    server = new RunningServer(MySqlServerConfig.DEFAULT, ConfiguredUsers.LOCAL_ROOT);
    List<List<Object>> thousand = Collections.nCopies(1000, List.of("x".repeat(100)));
    server
        .service()
        .on(
            "SELECT many",
            ONE_TEXT,
            (session, parameters) -> {
              streamed.set(new StubRows(server.service().allocator(), ONE_TEXT, thousand, 1000));
              return streamed.get().result();
            });
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private Connection connect(String properties) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + server.address().getPort()
            + "/?user=root&sslMode=DISABLED&"
            + properties);
  }

  @Test
  void streamsAMillionRows() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      int count = 0;
      try (ResultSet rows = statement.executeQuery("SELECT many")) {
        while (rows.next()) {
          count++;
        }
      }
      assertThat(count).isEqualTo(1_000_000);
    }
    assertThat(streamed.get().isClosed()).isTrue();
  }

  @Test
  void holdsBackWhenTheClientDoesNotRead() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      ResultSet rows = statement.executeQuery("SELECT many");
      assertThat(rows.next()).isTrue();
      // 100 MB are on offer; the sockets take a few and the server must not go on past them.
      StubSession session = server.service().sessions().iterator().next();
      connection.abort(Runnable::run);
      assertThat(session.closed().await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(streamed.get().lent()).isLessThan(500);
    assertThat(streamed.get().isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"useServerPrepStmts=true&useCursorFetch=true", "useCursorFetch=true"})
  void answersACursorWithAllRows(String properties) throws SQLException {
    try (Connection connection = connect(properties + "&defaultFetchSize=100");
        PreparedStatement statement = connection.prepareStatement("SELECT many");
        ResultSet rows = statement.executeQuery()) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(1_000_000);
    }
  }

  @Test
  void carriesPacketsOfSeveralFramesBothWays() throws SQLException {
    String big = "b".repeat(BIG);
    server
        .service()
        .on(
            "SELECT ?",
            ONE_TEXT,
            (session, parameters) ->
                StubRows.of(
                    server.service().allocator(),
                    ONE_TEXT,
                    List.of(List.of(parameters.get(0).value()))));
    try (Connection connection = connect("useServerPrepStmts=true");
        PreparedStatement select = connection.prepareStatement("SELECT ?")) {
      select.setString(1, big);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo(big);
      }
    }
  }

  @Test
  void refusesPacketsOverTheLimitAndLives() throws SQLException {
    try (Connection connection = connect("maxAllowedPacket=134217728");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT '" + "x".repeat(65 << 20) + "'"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isIn(0, 1153));
    }
  }

  @Test
  void runsRewrittenBatchesAndSeveralStatements() throws SQLException {
    server
        .service()
        .on(
            "INSERT INTO t VALUES (1),(2),(3)",
            (s, p) ->
                new StatementResult.Affected(3, 0, "Records: 3  Duplicates: 0  Warnings: 0", 0))
        .on("UPDATE t SET a = 1", (s, p) -> new StatementResult.Affected(2, 7, "", 1))
        .onRows("SELECT 2", ONE_TEXT, List.of(List.of("two")));
    try (Connection connection = connect("rewriteBatchedStatements=true&allowMultiQueries=true")) {
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int i = 1; i <= 3; i++) {
          insert.setInt(1, i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(3);
      }
      try (Statement statement = connection.createStatement()) {
        List<String> seen = new ArrayList<>();
        boolean rows = statement.execute("UPDATE t SET a = 1; SELECT 2; UPDATE t SET a = 1");
        while (rows || statement.getUpdateCount() >= 0) {
          if (rows) {
            ResultSet result = statement.getResultSet();
            result.next();
            seen.add(result.getString(1));
          } else {
            seen.add("affected " + statement.getUpdateCount());
          }
          rows = statement.getMoreResults();
        }
        assertThat(seen).containsExactly("affected 2", "two", "affected 2");
      }
    }
  }

  @Test
  void anErrorLeavesTheConnectionUsable() throws SQLException {
    server
        .service()
        .onRows("SELECT 2", ONE_TEXT, List.of(List.of("two")))
        .on(
            "SELECT broken",
            ONE_TEXT,
            (session, parameters) ->
                new StubRows(server.service().allocator(), ONE_TEXT, List.of(List.of("a")), 1)
                    .failingWith(new IllegalStateException("secret"))
                    .result());
    try (Connection connection = connect("useServerPrepStmts=true&emulateUnsupportedPstmts=false");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELEKT"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1064));
      assertThatThrownBy(() -> connection.prepareStatement("SELECT * FROM t"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"));
      assertThatThrownBy(() -> statement.executeQuery("SELECT broken"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("internal error, see ")
          .hasMessageNotContaining("secret");
      try (ResultSet rows = statement.executeQuery("SELECT 2")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void resetsAndChangesUsers() throws Exception {
    try (Connection connection = connect("")) {
      com.mysql.cj.jdbc.JdbcConnection jdbc =
          connection.unwrap(com.mysql.cj.jdbc.JdbcConnection.class);
      jdbc.resetServerState();
      jdbc.changeUser("root", "");
      assertThat(connection.isValid(5)).isTrue();
      assertThatThrownBy(() -> jdbc.changeUser("nobody", "x"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
    }
  }

  @Test
  void killsAnotherConnection() throws Exception {
    try (Connection victim = connect("");
        Connection killer = connect("");
        Statement statement = killer.createStatement()) {
      long id = victim.unwrap(com.mysql.cj.jdbc.JdbcConnection.class).getSession().getThreadId();
      StubSession session =
          server.service().sessions().stream()
              .filter(s -> s.client().connectionId() == id)
              .findFirst()
              .orElseThrow();
      statement.execute("KILL " + id);
      assertThat(session.closed().await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(victim.isValid(5)).isFalse();
    }
  }

  @Test
  void aLostClientCancelsItsStatement() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    server
        .service()
        .on(
            "SELECT sleep",
            (session, parameters) -> {
              started.countDown();
              try {
                session.cancelled().await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return StatementResult.Affected.NOTHING;
            });
    Connection connection = connect("");
    StubSession session = server.service().sessions().iterator().next();
    Thread client =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT sleep");
              } catch (SQLException e) {
                // The connection is taken away below.
              }
            });
    client.start();
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    connection.abort(Runnable::run);
    assertThat(session.cancelled().await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(session.closed().await(10, TimeUnit.SECONDS)).isTrue();
    client.join();
  }
}
