package io.terrane.benchmarks.moves;

import io.terrane.api.time.Ticker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves a table's only region from datanode to datanode, in turn. One thread. */
public final class RegionMover {
  /** Longer than a frontend keeps what it measured to itself. */
  private static final long REPORTED_AFTER_SECONDS = 7;

  private static final Pattern STEP = Pattern.compile("\"(\\w+)\":(\\d+)");

  private final Connection connection;
  private final String table;
  private final Ticker ticker;
  private final List<Double> millis = new ArrayList<>();

  public RegionMover(Connection connection, String table, Ticker ticker) {
    this.connection = connection;
    this.table = table;
    this.ticker = ticker;
  }

  /** Moves it once and waits for the end; SQLException if that is not Done. */
  public void move() throws SQLException {
    String region =
        one(
            "SELECT greptime_partition_id FROM information_schema.partitions WHERE table_name = '"
                + table
                + "'");
    String from =
        one("SELECT peer_id FROM information_schema.region_peers WHERE region_id = " + region);
    String to =
        one(
            "SELECT MIN(peer_id) FROM information_schema.cluster_info WHERE peer_type = 'DATANODE'"
                + " AND peer_id > "
                + from);
    if (to == null) {
      to =
          one(
              "SELECT MIN(peer_id) FROM information_schema.cluster_info"
                  + " WHERE peer_type = 'DATANODE'");
    }
    long began = ticker.nanos();
    String id = one("SELECT migrate_region(" + region + ", " + from + ", " + to + ")");
    String state = "Running";
    while (state.contains("Running") || state.contains("Retrying")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      state = one("SELECT procedure_state('" + id + "')");
    }
    if (!state.contains("Done")) {
      throw new SQLException("move " + id + " has ended otherwise: " + state);
    }
    millis.add((ticker.nanos() - began) / 1e6);
  }

  /** How long each move took, sorted. */
  public List<Double> millis() {
    return millis.stream().sorted().toList();
  }

  /** How long the frontend held a write, at the longest, in each move that held any; sorted. */
  public List<Double> stalls() throws SQLException {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(REPORTED_AFTER_SECONDS));
    List<Double> stalls = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT write_stall_ms FROM information_schema.region_migrations"
                    + " WHERE write_stall_ms IS NOT NULL AND table_name = '"
                    + table
                    + "' ORDER BY write_stall_ms")) {
      while (rows.next()) {
        stalls.add(rows.getDouble(1));
      }
    }
    return stalls;
  }

  /** How long each step of each move took, sorted, by the step's name. */
  public Map<String, List<Double>> steps() throws SQLException {
    Map<String, List<Double>> steps = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT step_ms FROM information_schema.region_migrations WHERE table_name = '"
                    + table
                    + "'")) {
      while (rows.next()) {
        Matcher step = STEP.matcher(rows.getString(1));
        while (step.find()) {
          steps
              .computeIfAbsent(step.group(1), name -> new ArrayList<>())
              .add(Double.valueOf(step.group(2)));
        }
      }
    }
    steps.values().forEach(times -> times.sort(null));
    return steps;
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
