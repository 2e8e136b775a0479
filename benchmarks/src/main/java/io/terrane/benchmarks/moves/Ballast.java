package io.terrane.benchmarks.moves;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rows that give a {@link WrittenTable} weight: bytes that do not compress, in files or in the log
 * alone. They are written round and round over the same keys, so that what lies in files stays
 * about as much. One thread.
 */
public final class Ballast implements AutoCloseable {
  /** Of bytes that do not compress, in each row; as text they are a third more. */
  private static final int ROW_BYTES = 6_000;

  private static final int ROWS_PER_INSERT = 100;
  private static final long MEGABYTE = 1L << 20;

  /** Longer than a datanode keeps a region's figures to itself. */
  private static final long REPORTED_AFTER_MILLIS = 1_500;

  private final String table;
  private final Connection connection;
  private final PreparedStatement insert;
  private final Random random;
  private final byte[] bytes = new byte[ROW_BYTES];
  private long rows;
  private long rowsMax = Long.MAX_VALUE;

  public Ballast(String url, String table, Random random) throws SQLException {
    this.connection = DriverManager.getConnection(url + "&useServerPrepStmts=true", "root", "");
    this.table = table;
    this.random = random;
    this.insert =
        connection.prepareStatement(
            "INSERT INTO "
                + table
                + " (host, ts, body) VALUES "
                + "('ballast', ?, ?),".repeat(ROWS_PER_INSERT - 1)
                + "('ballast', ?, ?)");
  }

  /** Writes so much into files of the table's region. */
  public void writeFiles(long megabytes) throws SQLException {
    write(megabytes);
    rowsMax = Math.max(rows, ROWS_PER_INSERT);
    flush();
  }

  /** Writes so much to the log; before that everything else is flushed. */
  public void writeLog(long megabytes) throws SQLException {
    flush();
    write(megabytes);
  }

  private void flush() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ADMIN flush_table('" + table + "')");
    }
  }

  private void write(long megabytes) throws SQLException {
    long end = rows + megabytes * MEGABYTE / ROW_BYTES;
    while (rows < end) {
      for (int i = 0; i < ROWS_PER_INSERT; i++) {
        random.nextBytes(bytes);
        insert.setLong(2 * i + 1, rows++ % rowsMax);
        insert.setString(2 * i + 2, Base64.getEncoder().encodeToString(bytes));
      }
      insert.executeUpdate();
    }
  }

  /** Megabytes of the region in files and in memory, as its datanode reports them. */
  public String weight() throws SQLException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REPORTED_AFTER_MILLIS));
    try (Statement statement = connection.createStatement();
        ResultSet sizes =
            statement.executeQuery(
                "SELECT MAX(s.sst_size), MAX(s.memtable_size)"
                    + " FROM information_schema.region_statistics s"
                    + " JOIN information_schema.partitions p"
                    + " ON p.greptime_partition_id = s.region_id WHERE p.table_name = '"
                    + table
                    + "'")) {
      sizes.next();
      return sizes.getLong(1) / MEGABYTE
          + " MB in files, "
          + sizes.getLong(2) / MEGABYTE
          + " MB in memory";
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
