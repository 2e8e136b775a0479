package io.terrane.server.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this process, broker and controller in one (KRaft), on loopback, for the
 * playground and for tests. Its folder may be used again after a stop and after a kill: everything
 * acknowledged is in the operating system's page cache at least, so it outlives the process, but
 * not the machine.
 *
 * @see <a href="https://kafka.apache.org/documentation/#kraft">Kafka: KRaft</a>
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Uuid CLUSTER_ID = new Uuid(0x54657272616e6521L, 0x706c617967726421L);

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns once it takes connections.
   *
   * @param directory made and formatted if there is none
   * @param port 0 for a free one
   * @throws IOException if the folder cannot be used
   */
  public static EmbeddedKafka start(Path directory, int port) throws IOException {
    Files.createDirectories(directory);
    Path log = directory.toAbsolutePath();
    if (!Files.exists(log.resolve("meta.properties"))) {
      format(log);
    }
    int brokerPort = port == 0 ? LoopbackPorts.findFree() : port;
    int controllerPort = LoopbackPorts.findFree();
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(EmbeddedKafkaSettings.of(log, brokerPort, controllerPort), false),
            Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(server, brokerPort);
  }

  private static void format(Path log) throws IOException {
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(CLUSTER_ID.toString())
          .setNodeId(EmbeddedKafkaSettings.NODE_ID)
          .setControllerListenerName(EmbeddedKafkaSettings.CONTROLLER)
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .run();
    } catch (IOException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IOException("cannot format Kafka's folder " + log, failure);
    }
  }

  /** {@code host:port}, as clients want it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
