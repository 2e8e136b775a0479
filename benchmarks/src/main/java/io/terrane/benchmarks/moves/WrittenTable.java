package io.terrane.benchmarks.moves;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A table that an {@link InsertStream} writes to; one thread, that of its statement. */
public record WrittenTable(Statement statement, String name) {
  /** Makes it anew, with one region. */
  public void create() throws SQLException {
    statement.execute("DROP TABLE IF EXISTS " + name);
    statement.execute(
        "CREATE TABLE "
            + name
            + " (host STRING, ts TIMESTAMP(3) TIME INDEX, n BIGINT, body STRING,"
            + " PRIMARY KEY (host))");
  }

  /** What it holds of the stream's rows now. */
  public long rows() throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(n) FROM " + name)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
