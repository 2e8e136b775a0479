package io.terrane.log.testing;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SharedLog} does. Tests use topics of their own, so the log may be shared. */
public abstract class SharedLogContract {
  protected static final Duration LONG = Duration.ofSeconds(30);
  private static final AtomicInteger TOPICS = new AtomicInteger();

  protected final TestThreads threads = new TestThreads();
  private SharedLog log;
  private LogTopic topic;

  /** A log for one test, which closes it. */
  protected abstract SharedLog open() throws Exception;

  @BeforeEach
  void openLog() throws Exception {
    log = open();
    topic = new LogTopic("contract-" + TOPICS.incrementAndGet());
    await(log.createTopics(List.of(topic)));
  }

  @AfterEach
  void closeLog() {
    log.close();
    threads.close();
  }

  @Test
  void whatIsAppendedIsReadInOrder() {
    long first = append("a");
    long second = append("b");
    assertThat(second).isGreaterThan(first);
    List<LogEntry> entries = read(first, 2);
    assertThat(entries).extracting(LogEntry::position).containsExactly(first, second);
    assertThat(texts(entries)).containsExactly("a", "b");
  }

  @Test
  void headersAndValuesComeBackAsTheyWere() {
    byte[] odd = {0, -1, 127, -128};
    LogRecord record =
        new LogRecord(Map.of("epoch", odd, "empty", new byte[0], "naïve", bytes("ü")), new byte[0]);
    long position = await(log.append(topic, record));
    LogRecord back = read(position, 1).get(0).record();
    assertThat(back.headers().keySet()).containsExactly("empty", "epoch", "naïve");
    assertThat(back.headers().get("epoch")).isEqualTo(odd);
    assertThat(back.headers().get("empty")).isEmpty();
    assertThat(back.headers().get("naïve")).isEqualTo(bytes("ü"));
    assertThat(back.value()).isEmpty();
  }

  @Test
  void aNewTopicIsEmptyAndMakingItAgainChangesNothing() {
    assertThat(await(log.start(topic))).isEqualTo(await(log.end(topic)));
    long position = append("kept");
    await(log.createTopics(List.of(topic)));
    assertThat(texts(read(position, 1))).containsExactly("kept");
  }

  @Test
  void theEndIsBehindTheLastAcknowledgedRecord() {
    for (int i = 0; i < 20; i++) {
      long position = append("r" + i);
      assertThat(await(log.end(topic))).isGreaterThan(position);
    }
    long end = await(log.end(topic));
    assertThat(append("next")).isGreaterThanOrEqualTo(end);
  }

  @Test
  void aReaderBeginsWhereItIsToldAndKnowsWhereItIs() {
    append("a");
    long second = append("b");
    long third = append("c");
    try (LogReader reader = log.read(topic, second)) {
      assertThat(reader.position()).isEqualTo(second);
      assertThat(texts(take(reader, 2))).containsExactly("b", "c");
      assertThat(reader.position()).isGreaterThan(third);
      assertThat(reader.position()).isLessThanOrEqualTo(await(log.end(topic)));
    }
  }

  @Test
  void aPollAtTheEndWaitsForTheNextRecord() {
    long first = append("a");
    try (LogReader reader = log.read(topic, first)) {
      take(reader, 1);
      CompletableFuture<List<LogEntry>> poll = reader.poll(LONG);
      append("b");
      assertThat(texts(await(poll))).containsExactly("b");
    }
  }

  @Test
  void aPollWithoutAWaitAnswersAtTheEndToo() {
    try (LogReader reader = log.read(topic, await(log.end(topic)))) {
      assertThat(await(reader.poll(Duration.ZERO))).isEmpty();
    }
  }

  @Test
  void closingAReaderEndsItsPoll() {
    LogReader reader = log.read(topic, await(log.end(topic)));
    CompletableFuture<List<LogEntry>> poll = reader.poll(LONG);
    reader.close();
    reader.close();
    assertThat(await(poll)).isEmpty();
  }

  @Test
  void appendsOfOneThreadKeepTheirOrder() {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(log.append(topic, record("r" + i)));
    }
    List<Long> positions = answers.stream().map(SharedLogContract::await).toList();
    assertThat(positions).isSorted().doesNotHaveDuplicates();
    assertThat(texts(read(positions.get(0), 1_000)))
        .containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "r" + i).toList());
  }

  @Test
  void manyWritersShareOneOrder() {
    int writers = 8;
    int each = 100;
    long start = await(log.end(topic));
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      running.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < each; i++) {
                  append(writer + ":" + i);
                }
              },
              threads.executor()));
    }
    running.forEach(SharedLogContract::await);
    List<String> once = texts(read(start, writers * each));
    List<String> again = texts(read(start, writers * each));
    assertThat(again).isEqualTo(once);
    for (int w = 0; w < writers; w++) {
      String writer = w + ":";
      assertThat(once.stream().filter(text -> text.startsWith(writer)))
          .containsExactlyElementsOf(
              IntStream.range(0, each).mapToObj(i -> writer + i).collect(toList()));
    }
  }

  @Test
  void largeRecordsAreTakenAndLargerOnesRefused() {
    byte[] most = new byte[LogRecord.SIZE_MAX];
    most[most.length - 1] = 7;
    long position = await(log.append(topic, new LogRecord(Map.of(), most)));
    assertThat(read(position, 1).get(0).record().value()).isEqualTo(most);
    assertFails(
        log.append(topic, new LogRecord(Map.of(), new byte[LogRecord.SIZE_MAX + 1])),
        ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(append("after")).isEqualTo(position + 1);
  }

  @Test
  void trimmedRecordsAreGoneAndTheOthersStay() {
    append("a");
    long second = append("b");
    append("c");
    await(log.trim(topic, second));
    assertThat(await(log.start(topic))).isEqualTo(second);
    assertThat(texts(read(second, 2))).containsExactly("b", "c");
    try (LogReader late = log.read(topic, second - 1)) {
      assertFails(late.poll(LONG), ErrorCode.LOG_TRUNCATED);
    }
    await(log.trim(topic, second - 1));
    assertThat(await(log.start(topic))).isEqualTo(second);
  }

  @Test
  void trimmingEverythingKeepsThePositionsGrowing() {
    append("a");
    long last = append("b");
    await(log.trim(topic, last + 1_000));
    assertThat(await(log.start(topic))).isEqualTo(await(log.end(topic)));
    long next = append("c");
    assertThat(next).isGreaterThan(last);
    assertThat(texts(read(next, 1))).containsExactly("c");
  }

  @Test
  void aTopicNobodyMadeIsUnavailable() {
    LogTopic other = new LogTopic(topic.name() + "-never-made");
    assertFails(log.append(other, record("x")), ErrorCode.LOG_UNAVAILABLE);
    assertFails(log.end(other), ErrorCode.LOG_UNAVAILABLE);
  }

  private long append(String text) {
    return await(log.append(topic, record(text)));
  }

  private List<LogEntry> read(long from, int count) {
    try (LogReader reader = log.read(topic, from)) {
      return take(reader, count);
    }
  }

  /** The next {@code count} entries; fails if there are more in the last poll. */
  protected static List<LogEntry> take(LogReader reader, int count) {
    List<LogEntry> entries = new ArrayList<>();
    while (entries.size() < count) {
      entries.addAll(await(reader.poll(LONG)));
    }
    assertThat(entries).hasSize(count);
    return entries;
  }

  protected static LogRecord record(String text) {
    return new LogRecord(Map.of("kind", bytes("text")), bytes(text));
  }

  protected static List<String> texts(List<LogEntry> entries) {
    return entries.stream()
        .map(entry -> new String(entry.record().value(), StandardCharsets.UTF_8))
        .toList();
  }

  protected static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw TerraneException.of(failure);
    } catch (InterruptedException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  protected static void assertFails(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
