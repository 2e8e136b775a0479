package io.terrane.benchmarks.peer;

import io.terrane.server.embedded.EmbeddedKafkaMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A Kafka broker in a process of its own, on loopback. */
public final class KafkaProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready.*?(127\\.0\\.0\\.1:\\d+)");

  private final ServerProcess process;
  private final String bootstrapServers;

  private KafkaProcess(ServerProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts it on a folder; returns once it takes connections. */
  public static KafkaProcess start(Path directory) throws IOException {
    Files.createDirectories(directory);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedKafkaMain.class.getName(),
                "--data-dir",
                directory.resolve("data").toString()),
            directory);
    return new KafkaProcess(process, process.await(READY).group(1));
  }

  /** {@code host:port}, as clients want it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
