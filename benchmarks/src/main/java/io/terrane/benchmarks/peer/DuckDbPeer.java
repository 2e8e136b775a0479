package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.Dialect;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process, from a file, with two threads; loaded by its appender. */
public final class DuckDbPeer implements Peer {
  private final DuckDBConnection connection;
  private final Statement statement;

  public DuckDbPeer(Path directory) throws SQLException {
    connection =
        (DuckDBConnection)
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("cpu.duckdb"));
    statement = connection.createStatement();
    statement.execute("SET threads TO 2");
  }

  @Override
  public String title() {
    return "DuckDB";
  }

  @Override
  public Dialect dialect() {
    return Dialect.DUCKDB;
  }

  @Override
  public void load(CpuData data) throws SQLException {
    statement.execute(
        "CREATE TABLE cpu ("
            + String.join(" VARCHAR, ", CpuData.TAGS)
            + " VARCHAR, ts TIMESTAMP, "
            + String.join(" DOUBLE, ", CpuData.METRICS)
            + " DOUBLE)");
    try (DuckDBAppender appender = connection.createAppender("main", "cpu")) {
      data.forEach((tags, time, metrics) -> append(appender, tags, time, metrics));
    }
  }

  private static void append(DuckDBAppender appender, String[] tags, long time, int[] metrics) {
    try {
      appender.beginRow();
      for (String tag : tags) {
        appender.append(tag);
      }
      appender.append(
          LocalDateTime.ofEpochSecond(
              time / 1_000, (int) (time % 1_000) * 1_000_000, ZoneOffset.UTC));
      for (int metric : metrics) {
        appender.append((double) metric);
      }
      appender.endRow();
    } catch (SQLException failure) {
      throw new IllegalStateException("DuckDB refused a row", failure);
    }
  }

  @Override
  public void settle() throws SQLException {
    statement.execute("CHECKPOINT");
  }

  @Override
  public Answer query(String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return Answer.read(result);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
