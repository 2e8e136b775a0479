package io.terrane.server.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of a broker that is alone, small, and back within seconds after a kill.
 *
 * @see <a href="https://kafka.apache.org/documentation/#brokerconfigs">Kafka: broker settings</a>
 */
final class EmbeddedKafkaSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private EmbeddedKafkaSettings() {}

  static Map<String, String> of(Path log, int brokerPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    addAddresses(settings, log, brokerPort, controllerPort);
    addPace(settings);
    addSizes(settings);
    return settings;
  }

  private static void addAddresses(
      Map<String, String> settings, Path log, int brokerPort, int controllerPort) {
    String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", log.toString());
    settings.put("listeners", broker + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", broker);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
  }

  /**
   * After a kill the controller refuses the new broker until the session of the old one has ended;
   * but a session so short that a busy machine misses it stops writes for a while.
   */
  private static void addPace(Map<String, String> settings) {
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("controller.quorum.election.timeout.ms", "500");
    settings.put("controller.quorum.election.backoff.max.ms", "100");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("controlled.shutdown.retry.backoff.ms", "100");
  }

  private static void addSizes(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "3");
    settings.put("num.replica.fetchers", "1");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(64 << 10));
    // A start after a kill checks the last segment of every topic, so these are not large.
    settings.put("log.segment.bytes", Integer.toString(64 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("log.retention.ms", "-1");
  }
}
