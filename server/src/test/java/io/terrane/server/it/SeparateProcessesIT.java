package io.terrane.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.server.embedded.EmbeddedKafkaMain;
import io.terrane.server.embedded.EmbeddedS3Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seven processes: Kafka, S3, a metasrv, three datanodes, a frontend. Rows go in while a region
 * moves; then the old owner is killed, and every row is read back.
 */
class SeparateProcessesIT {
  @TempDir Path folder;

  private final List<TerraneProcess> processes = new ArrayList<>();

  @Test
  void aRegionMovesBetweenProcessesAndItsOldOwnerDies() throws Exception {
    try {
      TerraneProcess kafka =
          start(
              EmbeddedKafkaMain.class.getName(),
              "ready.*?(127\\.0\\.0\\.1:\\d+)",
              "--data-dir",
              folder.resolve("kafka"),
              "--port",
              0);
      TerraneProcess s3 =
          start(
              EmbeddedS3Main.class.getName(),
              "ready.*?(http://127\\.0\\.0\\.1:\\d+)",
              "--data-dir",
              folder.resolve("s3"),
              "--port",
              0);
      Path config = config(kafka.readyLine().group(1), s3.readyLine().group(1));
      String metasrv = role("metasrv", config, "metasrv.listen=127.0.0.1:0").readyLine().group(1);
      List<TerraneProcess> datanodes = new ArrayList<>();
      for (int node = 1; node <= 3; node++) {
        datanodes.add(
            role(
                "datanode",
                config,
                "metasrv.address=" + metasrv,
                "datanode.node-id=" + node,
                "datanode.listen=127.0.0.1:0"));
      }
      TerraneProcess frontend =
          role("frontend", config, "metasrv.address=" + metasrv, "frontend.mysql.port=0");
      String url = "jdbc:mysql://" + frontend.readyLine().group(1) + "/public";

      try (Connection connection = DriverManager.getConnection(url, "root", "");
          InsertLoad load = new InsertLoad(url, "moving", 20_000, 100)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "CREATE TABLE moving (host STRING, ts TIMESTAMP(3) TIME INDEX, n INT, PRIMARY KEY (host))");
        }
        ProcedureClient client = new ProcedureClient(connection);
        String region =
            client.one(
                "SELECT greptime_partition_id FROM information_schema.partitions WHERE table_name = 'moving'");
        load.start();
        while (load.isRunning() && load.written() < 5_000) {
          Thread.onSpinWait();
        }
        client.migrate("select migrate_region(" + region + ", 1, 2, 60)");
        datanodes.get(0).kill();
        load.join();

        assertThat(load.failures()).isEmpty();
        assertThat(load.acknowledged()).isEqualTo(20_000);
        assertThat(load.missing(url)).isZero();
        assertThat(client.one("SELECT COUNT(*) FROM moving")).isEqualTo("20000");
      }
    } finally {
      processes.forEach(TerraneProcess::close);
    }
  }

  private TerraneProcess role(String role, Path config, String... sets) {
    List<Object> arguments = new ArrayList<>(List.of(role, "--config", config));
    for (String set : sets) {
      arguments.add("--set");
      arguments.add(set);
    }
    return start(
        "io.terrane.server.Terrane",
        "terrane " + role + " ready.*?(127\\.0\\.0\\.1:\\d+)",
        arguments.toArray());
  }

  private TerraneProcess start(String mainClass, String ready, Object... arguments) {
    TerraneProcess process = TerraneProcess.start(mainClass, ready, arguments);
    processes.add(process);
    return process;
  }

  private Path config(String kafka, String s3) throws IOException {
    return Files.writeString(
        folder.resolve("terrane.toml"),
        """
        [log]
        kind = "kafka"
        bootstrap-servers = "%s"
        wal-topics = 4

        [object-store]
        kind = "s3"
        bucket = "terrane"
        endpoint = "%s"
        region = "us-east-1"
        path-style = true
        access-key = "terrane"
        secret-key = "terrane-loopback"
        """
            .formatted(kafka, s3));
  }
}
