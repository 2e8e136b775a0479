package io.terrane.benchmarks.moves;

import io.terrane.api.time.Ticker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A datanode that gets a hundred regions of a table and is emptied again. One thread. */
public final class DrainedDatanode {
  public static final int REGIONS = 100;

  /** Longer than a frontend keeps what it measured to itself. */
  private static final long REPORTED_AFTER_SECONDS = 7;

  private final Connection connection;
  private final String table;
  private final int datanode;
  private final Ticker ticker;

  public DrainedDatanode(Connection connection, String table, int datanode, Ticker ticker) {
    this.connection = connection;
    this.table = table;
    this.datanode = datanode;
    this.ticker = ticker;
  }

  /** Makes the table, a region per host, all of them on the datanode. */
  public void fill() throws SQLException {
    execute("ADMIN undrain_datanode(" + datanode + ")");
    execute("DROP TABLE IF EXISTS " + table);
    String bounds =
        IntStream.range(0, REGIONS)
            .mapToObj(DrainedDatanode::condition)
            .collect(Collectors.joining(", "));
    execute(
        "CREATE TABLE "
            + table
            + " (host STRING, ts TIMESTAMP(3) TIME INDEX, n BIGINT, PRIMARY KEY (host))"
            + " PARTITION ON COLUMNS (host) ("
            + bounds
            + ")");
    execute("ADMIN migrate_table('" + table + "', " + datanode + ")");
    awaitRegionsElsewhere(0);
  }

  private static String condition(int number) {
    String from = "host >= '" + InsertStream.host(number) + "'";
    if (number == 0) {
      return "host < '" + InsertStream.host(1) + "'";
    }
    return number == REGIONS - 1
        ? from
        : from + " AND host < '" + InsertStream.host(number + 1) + "'";
  }

  /** Seconds until the datanode leads none of the regions any more. */
  public double drain() throws SQLException {
    long began = ticker.nanos();
    execute("ADMIN drain_datanode(" + datanode + ")");
    awaitRegionsElsewhere(REGIONS);
    double seconds = (ticker.nanos() - began) / 1e9;
    execute("ADMIN undrain_datanode(" + datanode + ")");
    return seconds;
  }

  public long rows() throws SQLException {
    return Long.parseLong(one("SELECT COUNT(*) FROM " + table));
  }

  /** What the moves of the drain read of the log, and how long writes were held for them. */
  public String report() throws SQLException {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(REPORTED_AFTER_SECONDS));
    String moves =
        " FROM information_schema.region_migrations WHERE reason = 'DRAIN' AND table_name = '"
            + table
            + "'";
    String all = one("SELECT COUNT(*)" + moves);
    String read = one("SELECT SUM(wal_read_bytes)" + moves);
    String useful = one("SELECT SUM(wal_useful_bytes)" + moves);
    return all
        + " moves, "
        + read
        + " bytes of the log read, "
        + useful
        + " useful; write stalls: "
        + one("SELECT AVG(write_stall_ms)" + moves)
        + " ms on average, "
        + one("SELECT MAX(write_stall_ms)" + moves)
        + " at most";
  }

  private void awaitRegionsElsewhere(int count) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM information_schema.partitions p"
            + " JOIN information_schema.region_peers r"
            + " ON p.greptime_partition_id = r.region_id WHERE p.table_name = '"
            + table
            + "' AND r.peer_id <> "
            + datanode;
    while (Integer.parseInt(one(sql)) != count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private void execute(String sql) throws SQLException {
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
