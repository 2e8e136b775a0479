package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.testing.AllTypes;
import io.terrane.frontend.mysql.testing.RunningServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type through MySQL's own JDBC driver, by text and by binary rows. */
class ConnectorJTypesTest {
  private static final String SELECT = "SELECT * FROM every_type WHERE 1 = ?";
  private RunningServer server;

  @BeforeEach
  void start() {
    server = new RunningServer(MySqlServerConfig.DEFAULT, ConfiguredUsers.LOCAL_ROOT);
    server.service().onRows(SELECT, AllTypes.COLUMNS, AllTypes.ROWS);
    server.service().onRows(SELECT.replace("?", "1"), AllTypes.COLUMNS, AllTypes.ROWS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
  }

  private Connection connect(String properties) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + server.address().getPort()
            + "/?user=root&sslMode=DISABLED"
            + "&connectionTimeZone=UTC&"
            + properties);
  }

  private List<List<String>> texts(String properties) throws SQLException {
    try (Connection connection = connect(properties);
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, 1);
      List<List<String>> texts = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= AllTypes.TYPES.size(); i++) {
            row.add(rows.getString(i));
          }
          texts.add(row);
        }
      }
      return texts;
    }
  }

  @Test
  void textRowsShowWhatMySqlShows() throws SQLException {
    List<List<String>> rows = texts("useServerPrepStmts=false");
    assertThat(rows.get(0))
        .containsExactly(
            null,
            "1",
            "-7",
            "-300",
            "-70000",
            "-5000000000",
            "200",
            "60000",
            "4000000000",
            "18446744073709551615",
            "1.5",
            "1.0E20",
            "12.345600",
            "12345678901234567890.123456789012345678901234567890",
            "grüße 🐬",
            "\0\uFFFDx",
            "2024-02-29",
            "12:34:56",
            "2024-02-29 13:14:15",
            "2024-02-29 13:14:15.123",
            "2024-02-29 13:14:15.123456",
            "2024-02-29 13:14:15.123456");
    assertThat(rows.get(1))
        .containsExactly(
            null,
            "0",
            "-128",
            "-32768",
            "-2147483648",
            "-9223372036854775808",
            "255",
            "65535",
            "4294967295",
            "9223372036854775807",
            "-0.25",
            "4.9E-324",
            "-99999999999999.999999",
            "0E-30",
            "",
            "",
            "0001-01-01",
            "-838:59:59",
            "1970-01-01 00:00:00",
            "1969-12-31 23:59:59.999",
            "1969-12-31 23:59:59.999999",
            "1969-12-31 23:59:59.999999");
    assertThat(rows.get(2)).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(strings = {"useServerPrepStmts=false", "useServerPrepStmts=true"})
  void typedGettersGiveTheValues(String properties) throws SQLException {
    try (Connection connection = connect(properties);
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        assertThat(rows.getBoolean(2)).isTrue();
        assertThat(rows.getInt(3)).isEqualTo(-7);
        assertThat(rows.getInt(4)).isEqualTo(-300);
        assertThat(rows.getInt(5)).isEqualTo(-70_000);
        assertThat(rows.getLong(6)).isEqualTo(-5_000_000_000L);
        assertThat(rows.getInt(7)).isEqualTo(200);
        assertThat(rows.getInt(8)).isEqualTo(60_000);
        assertThat(rows.getLong(9)).isEqualTo(4_000_000_000L);
        assertThat(rows.getObject(10)).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(rows.getFloat(11)).isEqualTo(1.5f);
        assertThat(rows.getDouble(12)).isEqualTo(1e20);
        assertThat(rows.getBigDecimal(13)).isEqualTo(new BigDecimal("12.345600"));
        assertThat(rows.getString(15)).isEqualTo("grüße 🐬");
        assertThat(rows.getBytes(16)).containsExactly(0, 0xFF, 'x');
        assertThat(rows.getDate(17).toString()).isEqualTo("2024-02-29");
        assertThat(rows.getTime(18).toString()).isEqualTo("12:34:56");
        assertThat(rows.getObject(21, java.time.LocalDateTime.class).toString())
            .isEqualTo("2024-02-29T13:14:15.123456");
        rows.next();
        assertThat(rows.getLong(6)).isEqualTo(Long.MIN_VALUE);
        assertThat(rows.getLong(10)).isEqualTo(Long.MAX_VALUE);
        assertThat(rows.getObject(20, java.time.LocalDateTime.class).toString())
            .isEqualTo("1969-12-31T23:59:59.999");
        rows.next();
        for (int i = 1; i <= AllTypes.TYPES.size(); i++) {
          assertThat(rows.getObject(i)).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"useServerPrepStmts=false", "useServerPrepStmts=true"})
  void timestampsAreShownInTheSessionsZone(String properties) throws SQLException {
    server.service().zone(ZoneId.of("Europe/Berlin"));
    try (Connection connection = connect(properties);
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, 1);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        assertThat(rows.getObject(19, java.time.LocalDateTime.class).toString())
            .isEqualTo("2024-02-29T14:14:15");
      }
    }
  }

  @Test
  void metadataNamesTheTypes() throws SQLException {
    try (Connection connection = connect("useServerPrepStmts=true");
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      ResultSetMetaData metadata = select.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        names.add(metadata.getColumnTypeName(i));
      }
      assertThat(names)
          .containsExactly(
              "NULL",
              "BIT",
              "TINYINT",
              "SMALLINT",
              "INT",
              "BIGINT",
              "TINYINT UNSIGNED",
              "SMALLINT UNSIGNED",
              "INT UNSIGNED",
              "BIGINT UNSIGNED",
              "FLOAT",
              "DOUBLE",
              "DECIMAL",
              "DECIMAL",
              "VARCHAR",
              "VARBINARY",
              "DATE",
              "TIME",
              "TIMESTAMP",
              "TIMESTAMP",
              "TIMESTAMP",
              "TIMESTAMP");
      assertThat(metadata.getScale(13)).isEqualTo(6);
      assertThat(metadata.getPrecision(13)).isEqualTo(20);
      assertThat(metadata.getPrecision(15)).isEqualTo(65_535);
    }
  }
}
