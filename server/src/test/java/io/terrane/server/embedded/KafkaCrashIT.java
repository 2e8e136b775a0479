package io.terrane.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogConfig;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.log.testing.TestThreads;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a process of its own is killed and stopped under four writers. */
class KafkaCrashIT {
  private static final int WRITERS = 4;

  @TempDir Path directory;
  private final Map<Long, Integer> acknowledged = new ConcurrentHashMap<>();
  private final Map<Integer, ErrorKind> failed = new ConcurrentHashMap<>();
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicBoolean writing = new AtomicBoolean(true);

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    EmbeddedProcess broker = start(0);
    int port = Integer.parseInt(broker.address().substring(broker.address().indexOf(':') + 1));
    LogConfig config = LogConfig.kafka(broker.address(), 1);
    LogTopic topic = config.walTopic(0);
    try (TestThreads threads = new TestThreads();
        SharedLog log = SharedLogs.open(config, threads.executor(), threads.scheduler())) {
      log.createTopics(config.allTopics()).get(30, TimeUnit.SECONDS);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(CompletableFuture.runAsync(() -> write(log, topic), threads.executor()));
      }

      // Killed twice, the second time soon after it is back.
      awaitAcknowledged(1_000);
      broker.kill();
      broker = start(port);
      awaitAcknowledged(500);
      broker.kill();
      broker = start(port);

      // Stopped in order.
      awaitAcknowledged(500);
      broker.close();
      broker = start(port);
      awaitAcknowledged(500);

      writing.set(false);
      for (CompletableFuture<Void> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      Map<Long, Integer> kept = readAll(log, topic);
      assertThat(kept).containsAllEntriesOf(acknowledged);
      assertThat(kept.values()).doesNotHaveDuplicates();
      failed.forEach(
          (value, kind) -> {
            if (kind != ErrorKind.OUTCOME_UNKNOWN) {
              assertThat(kept).doesNotContainValue(value);
            }
          });
      System.out.printf(
          "acknowledged %d, failed %d, kept %d%n", acknowledged.size(), failed.size(), kept.size());
    } finally {
      broker.close();
    }
  }

  private EmbeddedProcess start(int port) throws Exception {
    return EmbeddedProcess.start(
        EmbeddedKafkaMain.class,
        "--data-dir",
        directory.toString(),
        "--port",
        Integer.toString(port));
  }

  private void write(SharedLog log, LogTopic topic) {
    while (writing.get()) {
      int value = values.incrementAndGet();
      byte[] bytes = ByteBuffer.allocate(4).putInt(value).array();
      try {
        acknowledged.put(log.append(topic, new LogRecord(Map.of(), bytes)).join(), value);
      } catch (RuntimeException failure) {
        failed.put(value, TerraneException.of(failure).kind());
      }
    }
  }

  private void awaitAcknowledged(int more) {
    int before = acknowledged.size();
    Awaitility.await("acknowledged appends")
        .atMost(Duration.ofSeconds(60))
        .until(() -> acknowledged.size() >= before + more);
  }

  private static Map<Long, Integer> readAll(SharedLog log, LogTopic topic) throws Exception {
    Map<Long, Integer> kept = new HashMap<>();
    long end = log.end(topic).get(30, TimeUnit.SECONDS);
    try (LogReader reader = log.read(topic, 0)) {
      while (reader.position() < end) {
        for (LogEntry entry : reader.poll(Duration.ofSeconds(1)).get(30, TimeUnit.SECONDS)) {
          kept.put(entry.position(), ByteBuffer.wrap(entry.record().value()).getInt());
        }
      }
    }
    return kept;
  }
}
