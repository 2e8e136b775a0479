package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MySQL's own JDBC driver against the server. */
class ConnectorJTest {
  private RunningServer server;

  @BeforeEach
  void start() {
    server = new RunningServer(MySqlServerConfig.DEFAULT, ConfiguredUsers.LOCAL_ROOT);
    server
        .service()
        .onRows(
            "SELECT 1",
            List.of(new ResultColumn("1", DataType.INT64, false, "", "", "", false)),
            List.of(List.of(1L)));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private Connection connect(String database, String properties) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + server.address().getPort()
            + "/"
            + database
            + "?sslMode=DISABLED"
            + "&user=root"
            + properties);
  }

  @Test
  void connectsAndQueries() throws SQLException {
    try (Connection connection = connect("public", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(1);
      assertThat(rows.next()).isFalse();
      assertThat(connection.isValid(5)).isTrue();
      assertThat(connection.getCatalog()).isEqualTo("public");
      assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("8.4.0-Terrane");
    }
  }

  @Test
  void refusesUnknownDatabasesAndWrongPasswords() {
    assertThatThrownBy(() -> connect("nowhere", ""))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo(1049);
              assertThat(e.getSQLState()).isEqualTo("42000");
            });
    assertThatThrownBy(() -> connect("", "&password=wrong"))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo(1045);
              assertThat(e.getMessage()).contains("'root'@'localhost' (using password: YES)");
            });
  }

  @Test
  void preparesOnTheServer() throws SQLException {
    server
        .service()
        .on(
            "INSERT INTO t VALUES (?, ?)",
            (session, parameters) -> new StatementResult.Affected(1, 0, "", 0));
    try (Connection connection = connect("", "&useServerPrepStmts=true");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      insert.setLong(1, 5);
      insert.setString(2, "fünf");
      assertThat(insert.executeUpdate()).isEqualTo(1);
      insert.setNull(2, Types.VARCHAR);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    assertThat(server.service().parameters().get(0))
        .extracting(datum -> datum.value())
        .containsExactly(5L, "fünf");
    assertThat(server.service().parameters().get(1).get(1).isNull()).isTrue();
  }

  @Test
  void streamsParametersAhead() throws SQLException {
    server
        .service()
        .on(
            "INSERT INTO t VALUES (?)",
            (session, parameters) -> new StatementResult.Affected(1, 0, "", 0));
    byte[] bytes = new byte[3 << 20];
    new Random(5).nextBytes(bytes);
    try (Connection connection = connect("", "&useServerPrepStmts=true");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setBinaryStream(1, new ByteArrayInputStream(bytes));
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    assertThat(server.service().parameters().get(0).get(0).value())
        .isEqualTo(ByteBuffer.wrap(bytes));
  }
}
