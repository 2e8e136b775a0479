package io.terrane.benchmarks.moves;

import io.terrane.api.time.Ticker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Inserts rows of a hundred hosts, {@code host_00} to {@code host_99}, at a rate over one
 * connection until it is stopped; behind its schedule it sends at once. {@link #run} is for one
 * thread, the rest for any.
 */
public final class InsertStream implements Runnable, AutoCloseable {
  private static final long FIRST_MILLIS = 1_767_225_600_000L;
  private static final int HOSTS = 100;

  private final Connection connection;
  private final String table;
  private final Ticker ticker;
  private final int batch;
  private final long pauseNanos;
  private final List<Double> millis = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final AtomicLong rows = new AtomicLong();
  private volatile boolean stopped;

  public InsertStream(String url, String table, Ticker ticker, int rowsPerSecond, int batch)
      throws SQLException {
    this.table = table;
    this.connection = DriverManager.getConnection(url, "root", "");
    this.ticker = ticker;
    this.batch = batch;
    this.pauseNanos = TimeUnit.SECONDS.toNanos(batch) / rowsPerSecond;
  }

  @Override
  public void run() {
    try (Statement statement = connection.createStatement()) {
      long due = ticker.nanos();
      while (!stopped) {
        insert(statement);
        due += pauseNanos;
        long left = due - ticker.nanos();
        if (left > 0) {
          LockSupport.parkNanos(left);
        }
      }
    } catch (SQLException broken) {
      failed(broken);
    }
  }

  private void insert(Statement statement) {
    StringBuilder sql =
        new StringBuilder("INSERT INTO ").append(table).append(" (host, ts, n) VALUES ");
    for (int i = 0; i < batch; i++) {
      long n = rows.get() + i;
      sql.append(i == 0 ? "" : ",")
          .append("('")
          .append(host((int) (n % HOSTS)))
          .append("',")
          .append(FIRST_MILLIS + n)
          .append(',')
          .append(n)
          .append(')');
    }
    long began = ticker.nanos();
    try {
      statement.executeUpdate(sql.toString());
      rows.addAndGet(batch);
      synchronized (millis) {
        millis.add((ticker.nanos() - began) / 1e6);
      }
    } catch (SQLException failure) {
      failed(failure);
    }
  }

  /** Of a number below a hundred. */
  static String host(int number) {
    return String.format(Locale.ROOT, "host_%02d", number);
  }

  private void failed(SQLException failure) {
    synchronized (failures) {
      failures.add(failure.getErrorCode() + ": " + failure.getMessage());
    }
    stopped = true;
  }

  public void stop() {
    stopped = true;
  }

  /** Rows acknowledged so far. */
  public long rows() {
    return rows.get();
  }

  /** Returns when so many rows are acknowledged, or the stream has stopped. */
  public void awaitRows(long count) {
    while (rows.get() < count && !stopped) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** How long each statement took, sorted. */
  public List<Double> millis() {
    synchronized (millis) {
      return millis.stream().sorted().toList();
    }
  }

  public List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  @Override
  public void close() throws SQLException {
    stop();
    connection.close();
  }
}
