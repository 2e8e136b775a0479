package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** MariaDB as installed on the machine, on a folder of its own, over loopback; forces its log. */
public final class MariaDbPeer implements MySqlPeer {
  private static final Pattern READY = Pattern.compile("ready for connections");

  private final LoadForm form;
  private final Executor executor;
  private final ServerProcess server;
  private final String url;
  private final Connection connection;
  private final Statement statement;

  /**
   * @param executor with a thread for each loading connection
   */
  public MariaDbPeer(Path directory, LoadForm form, Executor executor)
      throws IOException, InterruptedException, SQLException {
    this.form = form;
    this.executor = executor;
    Path data = directory.toAbsolutePath().resolve("data");
    int installed =
        new ProcessBuilder(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("install.log").toFile())
            .start()
            .waitFor();
    if (installed != 0) {
      throw new IOException("mariadb-install-db ended with " + installed);
    }
    int port = freePort();
    server =
        ServerProcess.start(
            List.of(
                "sh",
                "-c",
                "exec \"$@\" 2>&1",
                "sh",
                "mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + data,
                "--socket=" + Files.createTempDirectory("terrane").resolve("socket"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--innodb-buffer-pool-size=1G",
                "--max-allowed-packet=64M"),
            directory);
    server.await(READY);
    url = "jdbc:mariadb://127.0.0.1:" + port + "/test?user=root";
    connection = connect();
    statement = connection.createStatement();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
    return "MariaDB";
  }

  @Override
  public Dialect dialect() {
    return Dialect.MARIADB;
  }

  @Override
  public String createTable(CpuData data) {
    return "CREATE TABLE cpu ("
        + String.join(" VARCHAR(32), ", CpuData.TAGS)
        + " VARCHAR(32), ts DATETIME(3), "
        + String.join(" DOUBLE, ", CpuData.METRICS)
        + " DOUBLE, PRIMARY KEY (hostname, ts), KEY (ts)) ENGINE=InnoDB";
  }

  @Override
  public void load(CpuData data) throws SQLException {
    load(data, executor);
  }

  @Override
  public void settle() throws SQLException {
    statement.execute("ANALYZE TABLE cpu");
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
