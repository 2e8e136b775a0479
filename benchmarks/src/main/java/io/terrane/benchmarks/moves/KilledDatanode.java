package io.terrane.benchmarks.moves;

import io.terrane.api.time.Ticker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A datanode that leads all regions of a table and is killed under inserts. One thread. */
public final class KilledDatanode {
  /** By then an answer that the dead process had sent has arrived. */
  private static final long LAST_ANSWER_MILLIS = 20;

  private static final String REASON = "FAILOVER";

  private final ProcessCluster cluster;
  private final RegionedTable table;
  private final int datanode;
  private final int regions;
  private final Ticker ticker;

  public KilledDatanode(
      ProcessCluster cluster,
      Connection connection,
      String table,
      int datanode,
      int regions,
      Ticker ticker) {
    this.cluster = cluster;
    this.table = new RegionedTable(connection, table, regions);
    this.datanode = datanode;
    this.regions = regions;
    this.ticker = ticker;
  }

  /** Makes the table. */
  public void create() throws SQLException {
    table.create();
  }

  /** Brings all regions to the datanode. */
  public void fill() throws SQLException {
    table.gather(datanode);
  }

  /**
   * Milliseconds from {@code kill -9} to the first acknowledgement of a statement that writes to
   * every region.
   */
  public double kill(InsertStream inserts) throws InterruptedException {
    cluster.kill(datanode);
    long killed = ticker.nanos();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LAST_ANSWER_MILLIS));
    inserts.awaitRows(inserts.rows() + 1);
    return (ticker.nanos() - killed) / 1e6;
  }

  /** Starts it again once it leads nothing any more; the milliseconds of a move's steps. */
  public String revive() throws IOException, SQLException {
    table.awaitElsewhere(regions, datanode);
    String steps = table.latestSteps();
    cluster.start(datanode);
    return steps;
  }

  public long rows() throws SQLException {
    return table.rows();
  }

  /** What all failovers so far have read of the log. */
  public String report() throws SQLException {
    long read = Long.parseLong(table.ofMoves("SUM(wal_read_bytes)", REASON));
    long useful = Long.parseLong(table.ofMoves("SUM(wal_useful_bytes)", REASON));
    return table.ofMoves("COUNT(*)", REASON)
        + " moves by failover, "
        + table.ofMoves("AVG(total_ms)", REASON)
        + " ms each on average; bytes read of the log / useful: "
        + read
        + " / "
        + useful
        + " = "
        + Math.round(100.0 * read / useful) / 100.0;
  }
}
