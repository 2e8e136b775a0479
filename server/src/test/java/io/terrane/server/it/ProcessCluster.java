package io.terrane.server.it;

import io.terrane.server.embedded.EmbeddedKafkaMain;
import io.terrane.server.embedded.EmbeddedS3Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kafka, S3, metasrvs, datanodes from 1 on, a frontend: each a process of its own. Each datanode
 * reaches S3 through a forwarder that can hold its bytes.
 */
final class ProcessCluster implements AutoCloseable {
  private final List<TerraneProcess> processes = new ArrayList<>();
  private final List<TerraneProcess> metasrvs = new ArrayList<>();
  private final Map<Integer, TerraneProcess> datanodes = new LinkedHashMap<>();
  private final Map<Integer, LoopbackForwarder> stores = new LinkedHashMap<>();
  private String url;

  private ProcessCluster() {}

  static ProcessCluster start(Path folder, int datanodes) throws IOException {
    return start(folder, 1, datanodes);
  }

  static ProcessCluster start(Path folder, int metasrvs, int datanodes) throws IOException {
    ProcessCluster cluster = new ProcessCluster();
    try {
      cluster.startAll(folder, metasrvs, datanodes);
      return cluster;
    } catch (IOException | RuntimeException | AssertionError failure) {
      cluster.close();
      throw failure;
    }
  }

  private void startAll(Path folder, int metasrvCount, int count) throws IOException {
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
    URI endpoint = URI.create(s3.readyLine().group(1));
    Path config = config(folder, kafka.readyLine().group(1), endpoint);
    for (int number = 0; number < metasrvCount; number++) {
      String timeout = "metasrv.leader-timeout=" + (metasrvCount > 1 ? "2s" : "0s");
      metasrvs.add(role("metasrv", config, "metasrv.listen=127.0.0.1:0", timeout));
    }
    String metasrv =
        metasrvs.stream()
            .map(each -> each.readyLine().group(1))
            .collect(Collectors.joining(",", "metasrv.address=", ""));
    for (int node = 1; node <= count; node++) {
      LoopbackForwarder store = new LoopbackForwarder(endpoint);
      stores.put(node, store);
      datanodes.put(
          node,
          role(
              "datanode",
              config,
              metasrv,
              "datanode.node-id=" + node,
              "datanode.listen=127.0.0.1:0",
              "object-store.endpoint=" + store.endpoint()));
    }
    TerraneProcess frontend = role("frontend", config, metasrv, "frontend.mysql.port=0");
    url = "jdbc:mysql://" + frontend.readyLine().group(1) + "/public";
  }

  /** Of the frontend, database {@code public}. */
  String url() {
    return url;
  }

  /** In the order they were started in, so the first one leads to begin with. */
  TerraneProcess metasrv(int number) {
    return metasrvs.get(number);
  }

  TerraneProcess datanode(int node) {
    return datanodes.get(node);
  }

  /** What stands between a datanode and S3. */
  LoopbackForwarder store(int node) {
    return stores.get(node);
  }

  @Override
  public void close() {
    processes.forEach(TerraneProcess::close);
    stores.values().forEach(LoopbackForwarder::close);
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

  private static Path config(Path folder, String kafka, URI s3) throws IOException {
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

        [frontend.mysql.users.root]
        admin = true

        [frontend.mysql.users.app]
        password = "secret"
        """
            .formatted(kafka, s3));
  }
}
