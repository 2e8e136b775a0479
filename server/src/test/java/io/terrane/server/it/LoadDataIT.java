package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.server.assembly.LocalCluster;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of Connector/J's machine on its way into a partitioned table. */
class LoadDataIT {
  private static final int ROWS = 100_000;

  @TempDir Path folder;

  @Test
  void everyRowOfTheFileIsThere() throws Exception {
    Path file = folder.resolve("rows.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("host,ts,value\n");
      for (int i = 0; i < ROWS; i++) {
        out.write("\"host-" + i % 100 + "\"," + (1_700_000_000_000L + i) + "," + i * 0.5 + "\n");
      }
    }
    try (LocalCluster cluster = LocalCluster.standalone(folder.resolve("data"), 0);
        Connection connection = connect(cluster);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE m (host STRING, ts TIMESTAMP(3) TIME INDEX, v DOUBLE, PRIMARY KEY (host))"
              + " PARTITION ON COLUMNS (host) (host < 'host-5', host >= 'host-5')");
      String load =
          "LOAD DATA LOCAL INFILE '"
              + file
              + "' INTO TABLE m FIELDS TERMINATED BY ',' ENCLOSED BY '\"' IGNORE 1 LINES";
      assertThat(statement.executeUpdate(load)).isEqualTo(ROWS);
      try (ResultSet sums = statement.executeQuery("SELECT COUNT(*), SUM(v) FROM m")) {
        assertThat(sums.next()).isTrue();
        assertThat(sums.getLong(1)).isEqualTo(ROWS);
        assertThat(sums.getDouble(2)).isEqualTo(0.5 * ROWS * (ROWS - 1) / 2);
      }

      assertThatThrownBy(() -> statement.executeUpdate(load.replace(" IGNORE 1 LINES", "")))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("for column 'ts' at row 1");
      try (ResultSet alive = statement.executeQuery("SELECT 1")) {
        assertThat(alive.next()).isTrue();
      }
    }
  }

  private static Connection connect(LocalCluster cluster) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + cluster.mysqlPort() + "/public?allowLoadLocalInfile=true",
        "root",
        "");
  }
}
