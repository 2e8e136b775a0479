package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.server.assembly.LocalCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads of a running process. */
class MetricsIT {
  @TempDir Path data;

  @Test
  void statementsConnectionsAndRegionsAreCounted() throws Exception {
    try (LocalCluster cluster = LocalCluster.standalone(data, 0)) {
      int port = cluster.listenHttp(0);
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:mysql://127.0.0.1:"
                      + cluster.mysqlPort()
                      + "/public?readOnlyPropagatesToServer=false",
                  "root",
                  "");
          Statement statement = connection.createStatement()) {
        double before = value(scrape(port), "terrane_statements_seconds_count");
        statement.execute("CREATE TABLE m (k INT PRIMARY KEY)");
        statement.execute("INSERT INTO m VALUES (1), (2), (3)");
        statement.executeQuery("SELECT k FROM m").close();
        assertThatThrownBy(() -> statement.execute("SELECT nothing FROM m"))
            .isInstanceOf(SQLException.class);

        List<String> metrics = scrape(port);
        assertThat(value(metrics, "terrane_statements_seconds_count")).isEqualTo(before + 3);
        assertThat(value(metrics, "terrane_statement_errors_total{errno=\"1054\"}")).isEqualTo(1);
        assertThat(value(metrics, "terrane_mysql_connections")).isEqualTo(1);
        assertThat(value(metrics, "terrane_mysql_questions_total")).isGreaterThan(3);
        assertThat(value(metrics, "terrane_datanode_regions{node=\"1\"}")).isEqualTo(1);
        assertThat(value(metrics, "terrane_datanode_rows{node=\"1\"}")).isEqualTo(3);
        assertThat(value(metrics, "terrane_datanode_memtable_bytes{node=\"1\"}")).isPositive();
        assertThat(value(metrics, "terrane_arrow_memory_bytes")).isPositive();
        assertThat(metrics).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
      }
    }
  }

  private static List<String> scrape(int port) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build(),
            BodyHandlers.ofString())
        .body()
        .lines()
        .toList();
  }

  private static double value(List<String> metrics, String name) {
    return metrics.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }
}
