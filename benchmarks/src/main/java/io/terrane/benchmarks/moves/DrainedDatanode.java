package io.terrane.benchmarks.moves;

import io.terrane.api.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A datanode that gets a hundred regions of a table and is emptied again. One thread. */
public final class DrainedDatanode {
  public static final int REGIONS = 100;

  /** Longer than a frontend keeps what it measured to itself. */
  private static final long REPORTED_AFTER_SECONDS = 7;

  private static final String REASON = "DRAIN";

  private final RegionedTable table;
  private final int datanode;
  private final Ticker ticker;

  public DrainedDatanode(Connection connection, String table, int datanode, Ticker ticker) {
    this.table = new RegionedTable(connection, table, REGIONS);
    this.datanode = datanode;
    this.ticker = ticker;
  }

  /** Makes the table, a region per host, all of them on the datanode. */
  public void fill() throws SQLException {
    table.execute("ADMIN undrain_datanode(" + datanode + ")");
    table.create();
    table.gather(datanode);
  }

  /** Seconds until the datanode leads none of the regions any more. */
  public double drain() throws SQLException {
    long began = ticker.nanos();
    table.execute("ADMIN drain_datanode(" + datanode + ")");
    table.awaitElsewhere(REGIONS, datanode);
    double seconds = (ticker.nanos() - began) / 1e9;
    table.execute("ADMIN undrain_datanode(" + datanode + ")");
    return seconds;
  }

  public long rows() throws SQLException {
    return table.rows();
  }

  /** What the moves of the drain read of the log, and how long writes were held for them. */
  public String report() throws SQLException {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(REPORTED_AFTER_SECONDS));
    return table.ofMoves("COUNT(*)", REASON)
        + " moves, "
        + table.ofMoves("SUM(wal_read_bytes)", REASON)
        + " bytes of the log read, "
        + table.ofMoves("SUM(wal_useful_bytes)", REASON)
        + " useful; write stalls: "
        + table.ofMoves("AVG(write_stall_ms)", REASON)
        + " ms on average, "
        + table.ofMoves("MAX(write_stall_ms)", REASON)
        + " at most";
  }
}
