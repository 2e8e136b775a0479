package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Terrane in a process of its own, over MySQL's protocol with Connector/J. */
public final class TerranePeer implements MySqlPeer {
  private static final Pattern READY = Pattern.compile("terrane ready: .* -P (\\d+)");

  private final ServerProcess server;
  private final String url;
  private final int regions;
  private final LoadForm form;
  private final Executor executor;
  private final Connection connection;
  private final Statement statement;

  /**
   * @param command {@code standalone} or {@code playground}
   * @param regions of the table
   * @param options of the JVM, behind those of the launcher
   * @param executor with a thread for each loading connection
   */
  public TerranePeer(
      Path directory,
      String command,
      int regions,
      List<String> options,
      LoadForm form,
      Executor executor)
      throws IOException, SQLException {
    this.regions = regions;
    this.form = form;
    this.executor = executor;
    List<String> line =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xmx1g",
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+UseSerialGC"));
    line.addAll(options);
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.terrane.server.Terrane",
            command,
            "--data-dir",
            directory.resolve("data").toString(),
            "--port",
            "0"));
    server = ServerProcess.start(line, directory);
    url =
        "jdbc:mysql://127.0.0.1:"
            + server.await(READY).group(1)
            + "/public?user=root&useSSL=false&useServerPrepStmts=true&rewriteBatchedStatements=true";
    connection = connect();
    statement = connection.createStatement();
  }

  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public LoadForm loadForm() {
    return form;
  }

  @Override
  public String title() {
    return regions == 1 ? "Terrane" : "Terrane, " + regions + " regions";
  }

  @Override
  public Dialect dialect() {
    return Dialect.TERRANE;
  }

  @Override
  public String createTable(CpuData data) {
    return "CREATE TABLE cpu ("
        + String.join(" STRING, ", CpuData.TAGS)
        + " STRING, ts TIMESTAMP(3) TIME INDEX, "
        + String.join(" DOUBLE, ", CpuData.METRICS)
        + " DOUBLE, PRIMARY KEY (hostname))"
        + partitions(data);
  }

  @Override
  public void load(CpuData data) throws SQLException {
    load(data, executor);
  }

  /** Bounds that give each region about as many hosts. */
  private String partitions(CpuData data) {
    if (regions == 1) {
      return "";
    }
    List<String> names =
        IntStream.range(0, data.hosts()).mapToObj(CpuData::hostname).sorted().toList();
    List<String> bounds = new ArrayList<>();
    for (int i = 1; i < regions; i++) {
      bounds.add(names.get(i * names.size() / regions));
    }
    return " PARTITION ON COLUMNS (hostname) ("
        + IntStream.rangeClosed(0, bounds.size())
            .mapToObj(i -> bound(bounds, i))
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String bound(List<String> bounds, int i) {
    String from = i == 0 ? "" : "hostname >= '" + bounds.get(i - 1) + "'";
    String to = i == bounds.size() ? "" : "hostname < '" + bounds.get(i) + "'";
    return from.isEmpty() || to.isEmpty() ? from + to : from + " AND " + to;
  }

  @Override
  public void settle() throws SQLException {
    for (String function : List.of("flush_table", "compact_table")) {
      statement.execute("SELECT " + function + "('cpu')");
    }
  }

  @Override
  public Duration cpu() {
    return server.cpu();
  }

  @Override
  public Answer query(String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return Answer.read(result);
    }
  }

  @Override
  public void close() throws SQLException, InterruptedException {
    try {
      connection.close();
    } finally {
      server.close();
    }
  }
}
