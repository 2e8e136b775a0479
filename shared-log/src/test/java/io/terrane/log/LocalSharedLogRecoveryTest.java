package io.terrane.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSharedLogRecoveryTest {
  private static final LogTopic TOPIC = new LogTopic("t");
  private static final LocalLimits SMALL = new LocalLimits(200, 1_000, 10_000, 150);

  @TempDir Path directory;
  private final SimulatedScheduler scheduler = new SimulatedScheduler();

  @Test
  void everythingAcknowledgedIsThereAfterReopening() {
    fill(20);
    assertThat(files()).hasSize(3);
    try (LocalSharedLog log = open()) {
      assertThat(await(log.end(TOPIC))).isEqualTo(20);
      assertThat(readAll(log, 0)).hasSize(20).startsWith("r0").endsWith("r19");
      assertThat(append(log, "r20")).isEqualTo(20);
    }
  }

  @Test
  void aTailCutAtAnyByteLosesOnlyTheRecordThatWasCut() throws IOException {
    fill(2);
    Path last = files().get(0);
    byte[] whole = Files.readAllBytes(last);
    int secondBegins = whole.length - frameBytes("r1");
    for (int size = secondBegins; size < whole.length; size++) {
      Files.write(last, Arrays.copyOf(whole, size));
      try (LocalSharedLog log = open()) {
        assertThat(readAll(log, 0)).as("cut at %d", size).containsExactly("r0");
        assertThat(append(log, "r1")).isEqualTo(1);
      }
    }
  }

  @Test
  void aDamagedLastRecordIsTheRemainderOfAnAppend() throws IOException {
    fill(3);
    flip(files().get(0), -1);
    try (LocalSharedLog log = open()) {
      assertThat(readAll(log, 0)).containsExactly("r0", "r1");
    }
  }

  @Test
  void aDamagedRecordBeforeAnAcknowledgedOneIsCorruption() throws IOException {
    fill(3);
    flip(files().get(0), LocalSegment.HEADER_BYTES + LogFrame.PREFIX_BYTES + 18);
    assertCorrupted();
  }

  @Test
  void damageWithinOneGroupIsATornTail() throws IOException {
    try (LocalSharedLog log = open()) {
      append(log, "r0");
      // All three are taken by one run of the writer, so none is durable before the others.
      List<CompletableFuture<Long>> group = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        group.add(log.append(TOPIC, record("r" + i)));
      }
      group.forEach(this::await);
    }
    Path file = files().get(0);
    flip(file, LocalSegment.HEADER_BYTES + frameBytes("r0") + LogFrame.PREFIX_BYTES + 18);
    try (LocalSharedLog log = open()) {
      assertThat(readAll(log, 0)).containsExactly("r0");
    }
  }

  @Test
  void damageInAFullSegmentIsCorruption() throws IOException {
    fill(20);
    flip(files().get(0), -1);
    assertCorrupted();
  }

  @Test
  void aMissingSegmentIsCorruption() throws IOException {
    fill(20);
    Files.delete(files().get(1));
    assertCorrupted();
  }

  @Test
  void aSegmentThatWasJustBegunIsBegunAgain() throws IOException {
    fill(20);
    Path next = directory.resolve("t").resolve("%020d.log".formatted(20));
    Files.write(next, new byte[] {'T', 'L'});
    try (LocalSharedLog log = open()) {
      assertThat(append(log, "r20")).isEqualTo(20);
      assertThat(readAll(log, 0)).hasSize(21);
    }
  }

  @Test
  void aTrimOutlivesTheProcessAndFreesSegments() {
    fill(20);
    int before = files().size();
    try (LocalSharedLog log = open()) {
      await(log.trim(TOPIC, 13));
    }
    assertThat(files()).hasSizeLessThan(before);
    try (LocalSharedLog log = open()) {
      assertThat(await(log.start(TOPIC))).isEqualTo(13);
      assertThat(readAll(log, 13)).hasSize(7).startsWith("r13");
      await(log.trim(TOPIC, 20));
    }
    assertThat(files()).hasSize(1);
    try (LocalSharedLog log = open()) {
      assertThat(append(log, "r20")).isEqualTo(20);
    }
  }

  @Test
  void whatACrashLeftOfATrimMayHaveAGap() throws IOException {
    fill(20);
    List<Path> before = files();
    byte[] oldest = Files.readAllBytes(before.get(0));
    try (LocalSharedLog log = open()) {
      await(log.trim(TOPIC, 15));
    }
    Files.write(before.get(0), oldest);
    try (LocalSharedLog log = open()) {
      assertThat(readAll(log, 15)).hasSize(5).startsWith("r15");
    }
    assertThat(files()).doesNotContain(before.get(0), before.get(1));
  }

  @Test
  void aLogWorksOnTheCallersThreadToo() {
    try (LocalSharedLog log = new LocalSharedLog(directory, Runnable::run, scheduler, SMALL)) {
      log.createTopics(List.of(TOPIC)).join();
      for (int i = 0; i < 10; i++) {
        assertThat(log.append(TOPIC, record("r" + i))).isCompletedWithValue((long) i);
      }
      assertThat(log.trim(TOPIC, 10)).isCompleted();
      assertThat(log.append(TOPIC, record("r10"))).isCompletedWithValue(10L);
    }
  }

  @Test
  void oneProcessAtATime() {
    try (LocalSharedLog log = open()) {
      await(log.createTopics(List.of(TOPIC)));
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE))
          .hasMessageContaining("in use");
    }
    open().close();
  }

  @Test
  void moreThanMayWaitIsRefusedUntilSomeIsWritten() {
    try (LocalSharedLog log = open()) {
      await(log.createTopics(List.of(TOPIC)));
      LogRecord half = new LogRecord(Map.of(), new byte[5_000]);
      CompletableFuture<Long> first = log.append(TOPIC, half);
      CompletableFuture<Long> second = log.append(TOPIC, half);
      assertThatThrownBy(() -> await(second))
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
      assertThat(await(first)).isEqualTo(0);
      assertThat(await(log.append(TOPIC, half))).isEqualTo(1);
    }
  }

  @Test
  void aPollThatFindsNothingEndsInTime() {
    try (LocalSharedLog log = open()) {
      await(log.createTopics(List.of(TOPIC)));
      LogReader reader = log.read(TOPIC, 0);
      CompletableFuture<List<LogEntry>> poll = reader.poll(Duration.ofMillis(100));
      scheduler.runFor(Duration.ofMillis(99));
      assertThat(poll).isNotDone();
      scheduler.runFor(Duration.ofMillis(1));
      assertThat(poll).isCompletedWithValue(List.of());
      append(log, "r0");
      assertThat(await(reader.poll(Duration.ofMillis(100)))).hasSize(1);
    }
  }

  @Test
  void aClosedLogRefusesWhatItHasNotBegun() {
    LocalSharedLog log = open();
    await(log.createTopics(List.of(TOPIC)));
    CompletableFuture<Long> pending = log.append(TOPIC, record("r0"));
    log.close();
    scheduler.runUntilIdle();
    assertThatThrownBy(() -> await(pending))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
    try (LocalSharedLog again = open()) {
      assertThat(await(again.end(TOPIC))).isZero();
    }
  }

  @Test
  void aWriteThatFailsIsNotDeniedAndNothingMoreIsTaken() {
    fill(1);
    // An interrupt closes the file under the writer, which is as good as a broken disk.
    Executor interrupting =
        task ->
            scheduler.execute(
                () -> {
                  Thread.currentThread().interrupt();
                  task.run();
                  Thread.interrupted();
                });
    LocalSharedLog log = new LocalSharedLog(directory, interrupting, scheduler, SMALL);
    CompletableFuture<Long> doomed = log.append(TOPIC, record("r1"));
    assertThatThrownBy(() -> await(doomed))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.WRITE_OUTCOME_UNKNOWN));
    assertThatThrownBy(() -> await(log.append(TOPIC, record("r2"))))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
    log.close();
    try (LocalSharedLog again = open()) {
      assertThat(readAll(again, 0)).containsExactly("r0");
    }
  }

  private void fill(int count) {
    try (LocalSharedLog log = open()) {
      await(log.createTopics(List.of(TOPIC)));
      for (int i = 0; i < count; i++) {
        append(log, "r" + i);
      }
    }
  }

  private LocalSharedLog open() {
    LocalSharedLog log = new LocalSharedLog(directory, scheduler, scheduler, SMALL);
    CompletableFuture<Void> made = log.createTopics(List.of(TOPIC));
    await(made);
    return log;
  }

  private void assertCorrupted() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPTED));
  }

  private long append(SharedLog log, String text) {
    return await(log.append(TOPIC, record(text)));
  }

  private List<String> readAll(SharedLog log, long from) {
    List<String> texts = new ArrayList<>();
    try (LogReader reader = log.read(TOPIC, from)) {
      List<LogEntry> entries = await(reader.poll(Duration.ZERO));
      while (!entries.isEmpty()) {
        for (LogEntry entry : entries) {
          assertThat(entry.position()).isEqualTo(from + texts.size());
          texts.add(new String(entry.record().value(), StandardCharsets.UTF_8));
        }
        entries = await(reader.poll(Duration.ZERO));
      }
    }
    return texts;
  }

  private <T> T await(CompletableFuture<T> future) {
    scheduler.runUntilIdle();
    try {
      return future.getNow(null);
    } catch (CompletionException failure) {
      throw TerraneException.of(failure);
    }
  }

  private List<Path> files() {
    try {
      return new LocalDirectory(directory.resolve("t")).segments();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Turns all bits of one byte; a negative place counts from the end. */
  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int place = at < 0 ? bytes.length + at : at;
    bytes[place] = (byte) ~bytes[place];
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static int frameBytes(String text) {
    return LogFrame.size(record(text));
  }

  private static LogRecord record(String text) {
    return new LogRecord(Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }
}
