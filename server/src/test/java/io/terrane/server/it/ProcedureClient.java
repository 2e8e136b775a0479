package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What an operator does with a JDBC connection. */
final class ProcedureClient {
  static final String WHERE_IS_IT =
      """
      select b.peer_id as datanode_id,
             a.greptime_partition_id as region_id
      from information_schema.partitions a left join information_schema.region_peers b
      on a.greptime_partition_id = b.region_id where a.table_name='migration_target' order by datanode_id asc""";

  private final Connection connection;

  ProcedureClient(Connection connection) {
    this.connection = connection;
  }

  /** The first column of the first row. */
  String one(String sql) throws SQLException {
    // Connector/J does not know that ADMIN gives rows, so it is not asked for a query.
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).as("rows of " + sql).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).as(sql).isTrue();
        String value = rows.getString(1);
        assertThat(rows.next()).as("a second row of " + sql).isFalse();
        return value;
      }
    }
  }

  /** Runs a migration to its end, which must be {@code {"status":"Done"}}. */
  void migrate(String sql) throws SQLException {
    String id = one(sql);
    assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(finalState(id)).isEqualTo("{\"status\":\"Done\"}");
  }

  /** What {@code procedure_state} says once the procedure has ended. */
  String finalState(String id) throws SQLException {
    await(id)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> state(id).matches(".*\"(Done|Failed)\".*"));
    return state(id);
  }

  /** Makes a table of hosts and numbers, as {@link InsertLoad} writes them; gives its region. */
  String create(String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + table
              + " (host STRING, ts TIMESTAMP(3) TIME INDEX, n INT, PRIMARY KEY (host))");
    }
    return one(
        "SELECT greptime_partition_id FROM information_schema.partitions WHERE table_name = '"
            + table
            + "'");
  }

  /** The datanode that leads a region. */
  String leader(String region) throws SQLException {
    return one(
        "select peer_id from information_schema.region_peers where is_leader = 'Yes' and region_id = "
            + region);
  }

  String state(String id) throws SQLException {
    return one("select procedure_state('" + id + "')");
  }
}
