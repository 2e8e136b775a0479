package io.terrane.server.embedded;

import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.log.testing.SharedLogContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class KafkaSharedLogIT extends SharedLogContract {
  @TempDir static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws IOException {
    kafka = EmbeddedKafka.start(directory, 0);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Override
  protected SharedLog open() {
    return SharedLogs.open(
        LogConfig.kafka(kafka.bootstrapServers(), 1), threads.executor(), threads.scheduler());
  }
}
