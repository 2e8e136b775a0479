package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The playground as a person starts it: a process of its own, through Connector/J. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlaygroundIT {
  private static final String READY = "terrane ready: mysql -h 127.0.0.1 -P (\\d+)";
  private static final String REGION = "4398046511104";

  @TempDir static Path data;

  private static List<String> rowsBefore;
  private static String finishedProcedure;

  @Test
  @Order(1)
  void theMigrationPageWorksAsItStands() throws Exception {
    try (TerraneProcess playground = start();
        Connection connection = connect(playground)) {
      ProcedureClient client = new ProcedureClient(connection);
      assertThat(placement(connection)).containsExactly("1|" + REGION);
      rowsBefore = rows(connection);
      assertThat(rowsBefore).isNotEmpty();

      client.migrate("select migrate_region(4398046511104, 1, 2, 60)");
      assertThat(placement(connection)).containsExactly("2|" + REGION);
      assertThat(rows(connection)).isEqualTo(rowsBefore);

      finishedProcedure = client.one("ADMIN migrate_region(4398046511104, 2, 3)");
      assertThat(client.finalState(finishedProcedure)).isEqualTo("{\"status\":\"Done\"}");
      assertThat(client.one("ADMIN procedure_state('" + finishedProcedure + "')"))
          .isEqualTo("{\"status\":\"Done\"}");
      assertThat(placement(connection)).containsExactly("3|" + REGION);

      try (Statement statement = connection.createStatement()) {
        assertThat(
                statement.executeUpdate(
                    "INSERT INTO migration_target (host, ts, n) VALUES ('after', 1, 1)"))
            .isEqualTo(1);
      }
      rowsBefore = rows(connection);
      assertThat(playground.stop()).isIn(0, 143);
    }
  }

  @Test
  @Order(2)
  void aSecondStartFindsRowsRoutesAndProcedures() throws Exception {
    try (TerraneProcess playground = start();
        Connection connection = connect(playground)) {
      assertThat(placement(connection)).containsExactly("3|" + REGION);
      assertThat(rows(connection)).isEqualTo(rowsBefore);
      assertThat(new ProcedureClient(connection).state(finishedProcedure))
          .isEqualTo("{\"status\":\"Done\"}");
      playground.kill();
    }
  }

  @Test
  @Order(3)
  void killedDuringInsertsNothingAcknowledgedIsMissing() throws Exception {
    try (TerraneProcess playground = start();
        InsertLoad load = new InsertLoad(url(playground), "migration_target", 1_000_000, 20)) {
      load.start();
      load.awaitMore(1_000);
      playground.kill();
      load.stop();
      assertThat(load.acknowledged()).isGreaterThanOrEqualTo(1_000);

      try (TerraneProcess again = start()) {
        assertThat(load.missing(url(again))).isZero();
      }
    }
  }

  private static TerraneProcess start() {
    return TerraneProcess.start(
        "io.terrane.server.Terrane", READY, "playground", "--data-dir", data, "--port", 0);
  }

  private static String url(TerraneProcess playground) {
    return "jdbc:mysql://127.0.0.1:" + playground.readyLine().group(1) + "/public";
  }

  private static Connection connect(TerraneProcess playground) throws SQLException {
    return DriverManager.getConnection(url(playground), "root", "");
  }

  private static List<String> placement(Connection connection) throws SQLException {
    return read(connection, ProcedureClient.WHERE_IS_IT, 2);
  }

  private static List<String> rows(Connection connection) throws SQLException {
    return read(connection, "SELECT host, ts, n FROM migration_target ORDER BY host, ts", 3);
  }

  private static List<String> read(Connection connection, String sql, int columns)
      throws SQLException {
    List<String> result = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder(rows.getString(1));
        for (int column = 2; column <= columns; column++) {
          row.append('|').append(rows.getString(column));
        }
        result.add(row.toString());
      }
    }
    return result;
  }
}
