package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.testing.RunningServer;
import io.terrane.frontend.mysql.testing.StubRows;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The life of a server; closing a {@link RunningServer} checks that nothing is left open. */
class MySqlServerTest {
  private static final List<ResultColumn> TEXT =
      List.of(ResultColumn.expression("s", DataType.STRING));
  private static final List<List<Object>> ROWS = Collections.nCopies(500, List.of("y".repeat(200)));

  private static Connection connect(RunningServer server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + server.address().getPort()
            + "/?user=root&sslMode=DISABLED&useServerPrepStmts=true");
  }

  private static RunningServer start() {
    RunningServer server = new RunningServer(MySqlServerConfig.DEFAULT, ConfiguredUsers.LOCAL_ROOT);
    server
        .service()
        .on(
            "SELECT many",
            TEXT,
            (session, values) ->
                new StubRows(server.service().allocator(), TEXT, ROWS, 100).result());
    return server;
  }

  /** Clients that come, read some or all of a result, and leave with or without a word. */
  @Test
  void aCrowdLeavesNothingBehind() throws Exception {
    long seed = Long.getLong("terrane.seed", 42L);
    ExecutorService crowd = Executors.newFixedThreadPool(12);
    try (RunningServer server = start()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Random random = new Random(seed + i);
        clients.add(crowd.submit(() -> visit(server, random)));
      }
      for (Future<?> client : clients) {
        client.get(60, TimeUnit.SECONDS);
      }
    } finally {
      crowd.shutdown();
    }
  }

  private static Void visit(RunningServer server, Random random) throws SQLException {
    for (int visit = 0; visit < 8; visit++) {
      Connection connection = connect(server);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(Integer.MIN_VALUE);
        ResultSet rows = statement.executeQuery("SELECT many");
        int wanted = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(2000);
        int seen = 0;
        while (seen < wanted && rows.next()) {
          seen++;
        }
        if (wanted != Integer.MAX_VALUE) {
          connection.abort(Runnable::run);
        } else {
          assertThat(seen).isEqualTo(50_000);
          connection.close();
        }
      }
    }
    return null;
  }

  @Test
  void closingEndsWhatRunsAndWhatWaits() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    RunningServer server = start();
    server
        .service()
        .on(
            "SELECT sleep",
            (session, values) -> {
              started.countDown();
              try {
                assertThat(session.cancelled().await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return StatementResult.Affected.NOTHING;
            });
    ExecutorService sleeper = Executors.newSingleThreadExecutor();
    try (Connection idle = connect(server);
        Connection parked = connect(server);
        Connection running = connect(server);
        Statement slowReader = parked.createStatement();
        Statement sleep = running.createStatement()) {
      slowReader.setFetchSize(Integer.MIN_VALUE);
      assertThat(slowReader.executeQuery("SELECT many").next()).isTrue();
      Future<?> statement = sleeper.submit(() -> sleep.execute("SELECT sleep"));
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.server().connections()).isEqualTo(3);
      server.close();
      assertThat(server.server().connections()).isZero();
      assertThatThrownBy(statement::get).hasCauseInstanceOf(SQLException.class);
      assertThat(idle.isValid(1)).isFalse();
      parked.abort(Runnable::run);
    } finally {
      sleeper.shutdown();
    }
  }

  @Test
  void saysWhatItCannotListenOn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MySqlServer server =
          new MySqlServer(
              MySqlServerConfig.DEFAULT.listeningOn("127.0.0.1", taken.getLocalPort()),
              client -> null,
              ConfiguredUsers.LOCAL_ROOT,
              Runnable::run,
              (delay, task) -> () -> {},
              () -> 0,
              new Random(1));
      assertThatThrownBy(server::start)
          .isInstanceOfSatisfying(
              TerraneException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void saysWhichCertificateItCannotRead() {
    MySqlServerConfig config =
        MySqlServerConfig.DEFAULT.offering(
            new TlsFiles(Path.of("missing.pem"), Path.of("missing.key")));
    assertThatThrownBy(() -> new RunningServer(config, ConfiguredUsers.LOCAL_ROOT))
        .isInstanceOf(TerraneException.class)
        .hasMessageStartingWith("cannot offer TLS with missing.pem and missing.key");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> MySqlServerConfig.DEFAULT.listeningOn("localhost", 70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port may not be 70000");
  }
}
