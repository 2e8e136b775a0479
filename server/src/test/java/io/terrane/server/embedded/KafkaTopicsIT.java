package io.terrane.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.log.LogConfig;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.log.testing.TestThreads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka never drops a record of ours by itself, whoever made the topic. */
class KafkaTopicsIT {
  @TempDir Path directory;

  @Test
  void topicsKeepEverything() throws Exception {
    try (TestThreads threads = new TestThreads();
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LogConfig config = LogConfig.kafka(kafka.bootstrapServers(), 2);
      LogTopic made = config.walTopic(0);
      LogTopic found = config.walTopic(1);
      admin
          .createTopics(
              List.of(
                  new NewTopic(found.name(), 1, (short) 1)
                      .configs(
                          Map.of(
                              "retention.ms", "86400000",
                              "max.message.bytes", "99000000",
                              "min.insync.replicas", "1"))))
          .all()
          .get();
      try (SharedLog log = SharedLogs.open(config, threads.executor(), threads.scheduler())) {
        log.createTopics(config.allTopics()).get(30, TimeUnit.SECONDS);
        log.createTopics(config.allTopics()).get(30, TimeUnit.SECONDS);
      }
      for (LogTopic topic : List.of(made, found)) {
        Config settings = settings(admin, topic);
        assertThat(settings.get("retention.ms").value()).as(topic.name()).isEqualTo("-1");
        assertThat(settings.get("retention.bytes").value()).isEqualTo("-1");
        assertThat(settings.get("cleanup.policy").value()).isEqualTo("delete");
      }
      assertThat(settings(admin, found).get("max.message.bytes").value()).isEqualTo("99000000");
    }
  }

  @Test
  void manyNodesMayMakeTheSameTopicsAtOnce() throws Exception {
    try (TestThreads threads = new TestThreads();
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        SharedLog one = open(kafka, threads);
        SharedLog two = open(kafka, threads)) {
      for (int round = 0; round < 10; round++) {
        List<LogTopic> topics = List.of(new LogTopic("a-" + round), new LogTopic("b-" + round));
        CompletableFuture.allOf(
                one.createTopics(topics), two.createTopics(topics), one.createTopics(topics))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static SharedLog open(EmbeddedKafka kafka, TestThreads threads) {
    return SharedLogs.open(
        LogConfig.kafka(kafka.bootstrapServers(), 1), threads.executor(), threads.scheduler());
  }

  private static Config settings(Admin admin, LogTopic topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }
}
