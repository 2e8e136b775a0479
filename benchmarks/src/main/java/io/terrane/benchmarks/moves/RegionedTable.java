package io.terrane.benchmarks.moves;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that an {@link InsertStream} writes to, in several regions of as many hosts. One thread.
 */
final class RegionedTable {
  private static final int HOSTS = 100;

  private final Connection connection;
  private final String name;
  private final int regions;

  /**
   * @param regions a hundred at most
   */
  RegionedTable(Connection connection, String name, int regions) {
    this.connection = connection;
    this.name = name;
    this.regions = regions;
  }

  /** Makes it anew. */
  void create() throws SQLException {
    execute("DROP TABLE IF EXISTS " + name);
    String bounds =
        IntStream.range(0, regions).mapToObj(this::condition).collect(Collectors.joining(", "));
    execute(
        "CREATE TABLE "
            + name
            + " (host STRING, ts TIMESTAMP(3) TIME INDEX, n BIGINT, PRIMARY KEY (host))"
            + " PARTITION ON COLUMNS (host) ("
            + bounds
            + ")");
  }

  private String condition(int number) {
    String from =
        number == 0 ? "" : "host >= '" + InsertStream.host(number * HOSTS / regions) + "'";
    String to =
        number == regions - 1
            ? ""
            : "host < '" + InsertStream.host((number + 1) * HOSTS / regions) + "'";
    return from.isEmpty() || to.isEmpty() ? from + to : from + " AND " + to;
  }

  /** Moves all of its regions to a datanode, once that is alive, and waits until they are there. */
  void gather(int datanode) throws SQLException {
    awaitAlive(datanode);
    execute("ADMIN migrate_table('" + name + "', " + datanode + ")");
    awaitElsewhere(0, datanode);
  }

  private void awaitAlive(int datanode) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM information_schema.cluster_info WHERE peer_type = 'DATANODE'"
            + " AND node_status LIKE '{\"alive\":true%' AND peer_id = "
            + datanode;
    while (!one(sql).equals("1")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Waits until so many regions are led by others. */
  void awaitElsewhere(int count, int datanode) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM information_schema.partitions p"
            + " JOIN information_schema.region_peers r"
            + " ON p.greptime_partition_id = r.region_id WHERE p.table_name = '"
            + name
            + "' AND r.peer_id <> "
            + datanode;
    while (Integer.parseInt(one(sql)) != count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  long rows() throws SQLException {
    return Long.parseLong(one("SELECT COUNT(*) FROM " + name));
  }

  /** An aggregate over those of its moves that were begun for a reason. */
  String ofMoves(String aggregate, String reason) throws SQLException {
    return one(
        "SELECT "
            + aggregate
            + " FROM information_schema.region_migrations WHERE reason = '"
            + reason
            + "' AND table_name = '"
            + name
            + "'");
  }

  /** How long the steps of its latest move took, as JSON. */
  String latestSteps() throws SQLException {
    return one(
        "SELECT step_ms FROM information_schema.region_migrations WHERE table_name = '"
            + name
            + "' ORDER BY start_time DESC LIMIT 1");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
