package io.terrane.server.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A JDBC application that inserts numbered rows in batches and remembers which were acknowledged.
 * Runs on its own thread until told to stop or its rows are written.
 */
final class InsertLoad implements AutoCloseable {
  private final String url;
  private final String table;
  private final int rows;
  private final int batch;
  private final BitSet acknowledged = new BitSet();
  private final List<String> failures = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "insert-load");
  private volatile boolean stopping;
  private int written;
  private long longestMillis;

  InsertLoad(String url, String table, int rows, int batch) {
    this.url = url;
    this.table = table;
    this.rows = rows;
    this.batch = batch;
    thread.setDaemon(true);
  }

  InsertLoad start() {
    thread.start();
    return this;
  }

  /** Waits until so many rows more are acknowledged; fails when the load ends before. */
  synchronized void awaitMore(int rows) throws InterruptedException {
    int aim = written + rows;
    while (written < aim) {
      if (stopping) {
        throw new AssertionError("the load ended after " + written + " rows: " + failures);
      }
      wait();
    }
  }

  void join() throws InterruptedException {
    thread.join(600_000);
    if (thread.isAlive()) {
      throw new AssertionError("the load hangs after " + acknowledged() + " rows");
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    join();
  }

  List<String> failures() {
    return failures;
  }

  long longestMillis() {
    return longestMillis;
  }

  /** Acknowledged rows that {@code connectionUrl} does not give back. */
  long missing(String connectionUrl) throws SQLException {
    BitSet found = new BitSet();
    try (Connection connection = DriverManager.getConnection(connectionUrl, "root", "");
        Statement statement = connection.createStatement();
        ResultSet ids = statement.executeQuery("SELECT n FROM " + table + " WHERE host = 'load'")) {
      while (ids.next()) {
        if (found.get(ids.getInt(1))) {
          throw new AssertionError("row " + ids.getInt(1) + " is there twice");
        }
        found.set(ids.getInt(1));
      }
    }
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(found);
    return missing.cardinality();
  }

  synchronized int acknowledged() {
    return acknowledged.cardinality();
  }

  private synchronized void acknowledge(int first, int end) {
    acknowledged.set(first, end);
    written += end - first;
    notifyAll();
  }

  private synchronized void end() {
    stopping = true;
    notifyAll();
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    String insert = "INSERT INTO " + table + " (host, ts, n) VALUES (?, ?, ?)";
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int first = 0; first < rows && !stopping; first += batch) {
        for (int n = first; n < Math.min(rows, first + batch); n++) {
          statement.setString(1, "load");
          statement.setLong(2, 1_000_000_000L + n);
          statement.setInt(3, n);
          statement.addBatch();
        }
        long before = System.nanoTime();
        statement.executeBatch();
        longestMillis = Math.max(longestMillis, (System.nanoTime() - before) / 1_000_000);
        acknowledge(first, Math.min(rows, first + batch));
      }
    } catch (SQLException failure) {
      failures.add(failure.getErrorCode() + " " + failure.getMessage());
    } finally {
      end();
    }
  }
}
