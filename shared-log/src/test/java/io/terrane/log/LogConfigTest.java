package io.terrane.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogConfigTest {
  @Test
  void defaults() {
    LogConfig config = LogConfig.defaults();
    assertThat(config.kind()).isEqualTo(LogConfig.Kind.LOCAL);
    assertThat(config.bootstrapServers()).isEmpty();
    assertThat(config.topicPrefix()).isEqualTo("terrane");
    assertThat(config.walTopics()).isEqualTo(64);
    assertThat(config.replicationFactor()).isEqualTo(1);
    assertThat(config.directory()).isEqualTo(Path.of("terrane-data", "log"));
    assertThat(config.client()).isEmpty();
  }

  @Test
  void topicsAreNamedAfterThePrefix() {
    LogConfig config = LogConfig.kafka("h:1", 2);
    assertThat(config.walTopic(1)).hasToString("terrane-wal-1");
    assertThat(config.metadataTopic()).hasToString("terrane-metadata");
    assertThat(config.allTopics())
        .extracting(LogTopic::name)
        .containsExactly("terrane-metadata", "terrane-wal-0", "terrane-wal-1");
    assertThatThrownBy(() -> config.walTopic(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThatThrownBy(() -> LogConfig.kafka(" ", 1)).hasMessageContaining("bootstrap-servers");
    assertThatThrownBy(() -> LogConfig.kafka("h:1", 0)).hasMessageContaining("wal-topics");
    assertThatThrownBy(() -> config("a b", 1, Map.of())).hasMessageContaining("a b");
    assertThatThrownBy(() -> config("a", 0, Map.of())).hasMessageContaining("replication-factor");
  }

  @Test
  void settingsOfTheClientMayBeSecret() {
    LogConfig config = config("a", 1, Map.of("sasl.jaas.config", "hush"));
    assertThat(config.toString()).doesNotContain("hush").contains("sasl.jaas.config=***");
  }

  @Test
  void usersChooseTasteNotCorrectness() {
    Map<String, String> client = Map.of("acks", "0", "linger.ms", "7", "enable.idempotence", "no");
    assertThat(KafkaSettings.producer(config("a", 1, client)))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("linger.ms", "7");
  }

  @Test
  void whatNoClientCanUseIsSaidAtOnce() {
    LogConfig config = config("a", 1, Map.of("security.protocol", "SMOKE"));
    assertThatThrownBy(() -> new KafkaSharedLog(config, Runnable::run))
        .isInstanceOf(TerraneException.class)
        .hasMessageContaining("h:1")
        .hasMessageContaining("SMOKE");
  }

  private static LogConfig config(
      String prefix, int replicationFactor, Map<String, String> client) {
    return new LogConfig(
        LogConfig.Kind.KAFKA, "h:1", prefix, 1, replicationFactor, Path.of("x"), client);
  }
}
