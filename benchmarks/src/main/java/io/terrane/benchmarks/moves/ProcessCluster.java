package io.terrane.benchmarks.moves;

import io.terrane.benchmarks.peer.KafkaProcess;
import io.terrane.benchmarks.peer.ServerProcess;
import io.terrane.server.embedded.EmbeddedS3Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Kafka, S3, a metasrv, datanodes from 1 on and a frontend, each a process of its own, on loopback.
 * Not thread-safe.
 */
public final class ProcessCluster implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready.*?(127\\.0\\.0\\.1:\\d+)");
  private static final String HEAP = "-Xmx2g";

  private final Path directory;
  private final KafkaProcess kafka;
  private final List<ServerProcess> others = new ArrayList<>();
  private final Map<Integer, ServerProcess> datanodes = new LinkedHashMap<>();
  private final List<String> settings = new ArrayList<>();
  private final String frontend;

  /**
   * @param directory for all they write
   * @param other than the defaults: {@code key=value}
   */
  public ProcessCluster(Path directory, int datanodeCount, List<String> other) throws IOException {
    this.directory = directory;
    kafka = KafkaProcess.start(Files.createDirectories(directory.resolve("kafka")));
    String s3 = other("s3", EmbeddedS3Main.class.getName(), "--data-dir", path("s3-data"));
    set("log.kind=kafka", "log.bootstrap-servers=" + kafka.bootstrapServers());
    settings.addAll(other);
    set("object-store.kind=s3", "object-store.bucket=terrane", "object-store.path-style=true");
    set("object-store.endpoint=http://" + s3, "object-store.region=us-east-1");
    set("object-store.access-key=terrane", "object-store.secret-key=terrane-loopback");
    set("metasrv.address=" + role("metasrv", "metasrv.listen=127.0.0.1:0"));
    for (int node = 1; node <= datanodeCount; node++) {
      start(node);
    }
    frontend = role("frontend", "frontend.mysql.port=0", "frontend.mysql.users.root.admin=true");
  }

  /** Of the frontend's MySQL port: {@code host:port}. */
  public String frontend() {
    return frontend;
  }

  /** {@code kill -9}. */
  void kill(int datanode) throws InterruptedException {
    datanodes.remove(datanode).kill();
  }

  /** Starts a datanode, again perhaps. */
  void start(int datanode) throws IOException {
    String name = "datanode-" + datanode;
    List<String> arguments =
        terrane("datanode", "datanode.node-id=" + datanode, "datanode.listen=127.0.0.1:0");
    ServerProcess process = java(name, arguments);
    datanodes.put(datanode, process);
    process.await(READY);
  }

  private void set(String... more) {
    settings.addAll(List.of(more));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String role(String role, String... own) throws IOException {
    return other(role, terrane(role, own).toArray(String[]::new));
  }

  private List<String> terrane(String role, String... own) {
    List<String> arguments = new ArrayList<>(List.of("io.terrane.server.Terrane", role));
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(own));
    for (String setting : all) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  private String other(String name, String... mainAndArguments) throws IOException {
    ServerProcess process = java(name, List.of(mainAndArguments));
    others.add(process);
    return process.await(READY).group(1);
  }

  private ServerProcess java(String name, List<String> mainAndArguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                HEAP,
                "-XX:MaxDirectMemorySize=2g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(mainAndArguments);
    return ServerProcess.start(command, Files.createDirectories(directory.resolve(name)));
  }

  @Override
  public void close() throws InterruptedException {
    for (ServerProcess process : datanodes.values()) {
      process.kill();
    }
    for (ServerProcess process : others) {
      process.kill();
    }
    kafka.close();
  }
}
