package io.terrane.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the log lives: the table {@code [log]} of the configuration.
 *
 * @param kind a folder of this machine, or Kafka
 * @param bootstrapServers {@code host:port,…} of the Kafka brokers
 * @param topicPrefix begins the name of every topic, so that clusters can share a Kafka
 * @param walTopics topics the regions are spread over; may grow, never shrink
 * @param replicationFactor copies Kafka keeps of a topic that we make
 * @param directory folder of the local log
 * @param client passed on to the Kafka clients as it is (security, time limits)
 */
public record LogConfig(
    Kind kind,
    String bootstrapServers,
    String topicPrefix,
    int walTopics,
    int replicationFactor,
    Path directory,
    Map<String, String> client) {

  /** What holds the log. */
  public enum Kind {
    LOCAL,
    KAFKA
  }

  public LogConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(directory, "directory");
    client = Map.copyOf(client);
    if (kind == Kind.KAFKA && bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap-servers must be given when kind = kafka");
    }
    if (!topicPrefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "topic-prefix is not usable in a topic's name: " + topicPrefix);
    }
    if (walTopics < 1 || walTopics > 10_000) {
      throw new IllegalArgumentException("wal-topics must be 1 to 10000: " + walTopics);
    }
    if (replicationFactor < 1 || replicationFactor > 100) {
      throw new IllegalArgumentException(
          "replication-factor must be 1 to 100: " + replicationFactor);
    }
  }

  /** A folder of this machine. */
  public static LogConfig defaults() {
    return new LogConfig(
        Kind.LOCAL, "", "terrane", 64, 1, Path.of("terrane-data", "log"), Map.of());
  }

  /** The defaults over Kafka at {@code bootstrapServers}, with {@code walTopics} topics. */
  public static LogConfig kafka(String bootstrapServers, int walTopics) {
    LogConfig defaults = defaults();
    return new LogConfig(
        Kind.KAFKA,
        bootstrapServers,
        defaults.topicPrefix,
        walTopics,
        defaults.replicationFactor,
        defaults.directory,
        defaults.client);
  }

  /** The defaults in {@code directory}, with {@code walTopics} topics. */
  public static LogConfig local(Path directory, int walTopics) {
    LogConfig defaults = defaults();
    return new LogConfig(
        Kind.LOCAL,
        "",
        defaults.topicPrefix,
        walTopics,
        defaults.replicationFactor,
        directory,
        defaults.client);
  }

  /**
   * @param number 0 to {@link #walTopics()} - 1
   */
  public LogTopic walTopic(int number) {
    Objects.checkIndex(number, walTopics);
    return new LogTopic(topicPrefix + "-wal-" + number);
  }

  public LogTopic metadataTopic() {
    return new LogTopic(topicPrefix + "-metadata");
  }

  public List<LogTopic> allTopics() {
    return Stream.concat(
            Stream.of(metadataTopic()), IntStream.range(0, walTopics).mapToObj(this::walTopic))
        .toList();
  }

  /** Values under {@code client} may be secret: only their names are shown. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(client);
    shown.replaceAll((key, value) -> "***");
    return "LogConfig[kind=%s, bootstrapServers=%s, topicPrefix=%s, walTopics=%d, replicationFactor=%d, directory=%s, client=%s]"
        .formatted(
            kind, bootstrapServers, topicPrefix, walTopics, replicationFactor, directory, shown);
  }
}
