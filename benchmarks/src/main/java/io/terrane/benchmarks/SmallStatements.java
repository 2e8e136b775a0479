package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import io.terrane.benchmarks.peer.MySqlPeer;
import io.terrane.benchmarks.tsbs.CpuData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Statements that cost little but their way: how many a second, and how long one in a hundred. */
final class SmallStatements {
  static final int CONNECTIONS_MAX = 16;
  private static final int WARM_UP = 300;

  /** A kind of statement. */
  private enum Kind {
    SELECT_1("SELECT 1", "SELECT 1"),
    POINT_SELECT(
        "prepared point SELECT", "SELECT usage_user FROM cpu WHERE hostname = ? AND ts = ?"),
    INSERT("prepared INSERT of a row", "INSERT INTO small (id, ts, n) VALUES (?, ?, ?)");

    private final String title;
    private final String sql;

    Kind(String title, String sql) {
      this.title = title;
      this.sql = sql;
    }
  }

  private final Ticker ticker;
  private final Executor executor;
  private final CpuData data;
  private final Duration time;
  private final AtomicLong nextId = new AtomicLong();

  /**
   * @param executor with {@link #CONNECTIONS_MAX} threads
   * @param time of each measurement
   */
  SmallStatements(Ticker ticker, Executor executor, CpuData data, Duration time) {
    this.ticker = ticker;
    this.executor = executor;
    this.data = data;
    this.time = time;
  }

  /** Measures each kind on one and on many connections; lines of a table. */
  List<String> measure(List<MySqlPeer> peers) throws SQLException {
    for (MySqlPeer peer : peers) {
      try (Connection connection = peer.connect()) {
        connection.createStatement().execute(createTable(peer));
      }
    }
    List<String> lines = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int connections : new int[] {1, CONNECTIONS_MAX}) {
        StringBuilder line = new StringBuilder("| " + kind.title + " | " + connections + " |");
        for (MySqlPeer peer : peers) {
          long[] nanos = run(kind, peer, connections);
          line.append(
              String.format(
                  Locale.ROOT,
                  " %,.0f | %.2f |",
                  nanos.length * 1e9 / time.toNanos(),
                  nanos[(int) (nanos.length * 0.99)] / 1e6));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private static String createTable(MySqlPeer peer) {
    return switch (peer.dialect()) {
      case TERRANE ->
          "CREATE TABLE small (id BIGINT, ts TIMESTAMP(3) TIME INDEX, n INT, PRIMARY KEY (id))";
      case DUCKDB, QUESTDB, MARIADB ->
          "CREATE TABLE small (id BIGINT, ts DATETIME(3), n INT, PRIMARY KEY (id, ts))";
    };
  }

  /** Times of all statements that ended in time, ascending. */
  private long[] run(Kind kind, MySqlPeer peer, int connections) {
    List<CompletableFuture<long[]>> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int client = i;
      clients.add(CompletableFuture.supplyAsync(() -> client(kind, peer, client), executor));
    }
    long[] all =
        clients.stream().map(CompletableFuture::join).flatMapToLong(Arrays::stream).toArray();
    Arrays.sort(all);
    return all;
  }

  private long[] client(Kind kind, MySqlPeer peer, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Long> nanos = new ArrayList<>();
    try (Connection connection = peer.connect();
        PreparedStatement statement = connection.prepareStatement(kind.sql)) {
      for (int i = 0; i < WARM_UP; i++) {
        once(kind, statement, random);
      }
      long deadline = ticker.nanos() + time.toNanos();
      for (long now = ticker.nanos(); now < deadline; ) {
        once(kind, statement, random);
        long after = ticker.nanos();
        nanos.add(after - now);
        now = after;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(kind.title + " failed", failure);
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private void once(Kind kind, PreparedStatement statement, SplittableRandom random)
      throws SQLException {
    switch (kind) {
      case SELECT_1 -> read(statement);
      case POINT_SELECT -> {
        statement.setString(1, CpuData.hostname(random.nextInt(data.hosts())));
        statement.setString(2, time(random.nextLong(data.ticks())));
        read(statement);
      }
      case INSERT -> {
        long id = nextId.incrementAndGet();
        statement.setLong(1, id);
        statement.setString(2, time(id));
        statement.setInt(3, random.nextInt());
        statement.executeUpdate();
      }
    }
  }

  private static String time(long tick) {
    return CpuData.START
        .plus(CpuData.INTERVAL.multipliedBy(tick))
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }

  private static void read(PreparedStatement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        result.getObject(1);
      }
    }
  }
}
