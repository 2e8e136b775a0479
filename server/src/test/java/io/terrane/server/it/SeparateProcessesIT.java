package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can only be seen when every node is a process of its own. */
class SeparateProcessesIT {
  private static final String MOVING =
      "CREATE TABLE moving (host STRING, ts TIMESTAMP(3) TIME INDEX, n INT, PRIMARY KEY (host))";
  private static final String REGION_OF_MOVING =
      "SELECT greptime_partition_id FROM information_schema.partitions WHERE table_name = 'moving'";

  @TempDir Path folder;

  @Test
  void aRegionMovesBetweenProcessesAndItsOldOwnerDies() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(folder, 3);
        Connection connection = DriverManager.getConnection(cluster.url(), "root", "");
        InsertLoad load = new InsertLoad(cluster.url(), "moving", 1_000_000, 20)) {
      run(connection, MOVING);
      ProcedureClient client = new ProcedureClient(connection);
      String region = client.one(REGION_OF_MOVING);
      load.start();
      load.awaitMore(500);
      client.migrate("select migrate_region(" + region + ", 1, 2, 60)");
      cluster.datanode(1).kill();
      load.awaitMore(500);
      load.stop();

      assertThat(load.failures()).isEmpty();
      assertThat(load.missing(cluster.url())).isZero();
      assertThat(client.one("SELECT COUNT(*) FROM moving"))
          .isEqualTo(Integer.toString(load.acknowledged()));
    }
  }

  @Test
  void aRegionThatCannotReplayInTimeStaysWithItsOldOwner() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(folder, 2);
        Connection connection = DriverManager.getConnection(cluster.url(), "root", "")) {
      run(connection, MOVING);
      ProcedureClient client = new ProcedureClient(connection);
      String region = client.one(REGION_OF_MOVING);
      run(connection, "INSERT INTO moving VALUES ('before', 1, 1), ('before', 2, 2)");

      cluster.store(2).hold();
      String id = client.one("select migrate_region(" + region + ", 1, 2, 3)");
      run(connection, "INSERT INTO moving VALUES ('during', 3, 3)");
      String state = client.finalState(id);
      assertThat(state).contains("\"status\":\"Failed\"").contains("within 3000 ms");
      run(connection, "INSERT INTO moving VALUES ('after', 4, 4)");
      assertThat(client.one("SELECT GROUP_CONCAT(n ORDER BY n) FROM moving")).isEqualTo("1,2,3,4");
      assertThat(client.leader(region)).isEqualTo("1");

      cluster.store(2).release();
      client.migrate("select migrate_region(" + region + ", 1, 2, 60)");
      assertThat(client.leader(region)).isEqualTo("2");
      run(connection, "INSERT INTO moving VALUES ('moved', 5, 5)");
      assertThat(client.one("SELECT GROUP_CONCAT(n ORDER BY n) FROM moving"))
          .isEqualTo("1,2,3,4,5");
    }
  }

  @Test
  void usersAreThoseOfTheConfiguration() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(folder, 1);
        Connection app = DriverManager.getConnection(cluster.url(), "app", "secret")) {
      run(app, MOVING);
      run(app, "INSERT INTO moving VALUES ('app', 1, 1)");
      assertThat(new ProcedureClient(app).one("SHOW GRANTS")).doesNotContain("ALL PRIVILEGES");
      for (String call :
          List.of("SELECT migrate_region(1, 1, 2)", "ADMIN migrate_region(1, 1, 2)")) {
        assertThatThrownBy(() -> run(app, call))
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> {
                  assertThat(refused.getErrorCode()).isEqualTo(1227);
                  assertThat(refused.getSQLState()).isEqualTo("42000");
                });
      }
      assertThatThrownBy(() -> DriverManager.getConnection(cluster.url(), "app", "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getErrorCode()).isEqualTo(1045));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
