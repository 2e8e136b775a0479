package io.terrane.log.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TornSharedLogTest {
  private static final LogTopic TOPIC = new LogTopic("t");

  private final InMemorySharedLog inner = new InMemorySharedLog(Runnable::run);

  TornSharedLogTest() {
    inner.createTopics(List.of(TOPIC));
  }

  /** Without bad luck it is a log like any other. */
  @Nested
  class Lucky extends SharedLogContract {
    @Override
    protected SharedLog open() {
      return TornSharedLog.around(new InMemorySharedLog(threads.executor()));
    }
  }

  @Test
  void theScriptDecidesWhatIsWrittenAndWhatIsTold() {
    Deque<LogFault> script = new ArrayDeque<>(List.of(LogFault.values()));
    TornSharedLog log = new TornSharedLog(inner, (topic, record) -> script.poll());
    List<Object> told = IntStream.range(0, 4).mapToObj(i -> told(append(log, i))).toList();
    assertThat(told)
        .containsExactly(
            0L,
            ErrorCode.LOG_UNAVAILABLE,
            ErrorCode.WRITE_OUTCOME_UNKNOWN,
            ErrorCode.WRITE_OUTCOME_UNKNOWN);
    assertThat(written()).containsExactly(0, 2);
  }

  @Test
  void whatIsHeldBackIsWrittenInOrderWhenReleased() {
    TornSharedLog log = TornSharedLog.around(inner);
    log.hold();
    List<CompletableFuture<Long>> answers = appendAll(log, 3);
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    assertThat(written()).isEmpty();
    log.release();
    assertThat(answers.stream().map(TornSharedLogTest::told)).containsExactly(0L, 1L, 2L);
    assertThat(written()).containsExactly(0, 1, 2);
  }

  @Test
  void aTornTailKeepsItsBeginningAndTellsNobody() {
    TornSharedLog log = TornSharedLog.around(inner);
    log.hold();
    List<CompletableFuture<Long>> answers = appendAll(log, 3);
    log.tear(1);
    assertThat(answers.stream().map(TornSharedLogTest::told))
        .containsOnly(ErrorCode.WRITE_OUTCOME_UNKNOWN);
    assertThat(written()).containsExactly(0);
    assertThat(told(append(log, 9))).isEqualTo(1L);
  }

  @Test
  void aLogThatIsCutOffAnswersNothing() {
    TornSharedLog log = TornSharedLog.around(inner);
    LogReader reader = log.read(TOPIC, 0);
    log.cutOff();
    assertThat(told(append(log, 0))).isEqualTo(ErrorCode.LOG_UNAVAILABLE);
    assertThat(told(log.end(TOPIC))).isEqualTo(ErrorCode.LOG_UNAVAILABLE);
    assertThat(told(reader.poll(Duration.ZERO))).isEqualTo(ErrorCode.LOG_UNAVAILABLE);
    log.reconnect();
    assertThat(told(append(log, 1))).isEqualTo(0L);
    assertThat(reader.poll(Duration.ZERO).join()).hasSize(1);
  }

  @Test
  void aSeedReplays() {
    assertThat(run(42)).isEqualTo(run(42)).contains(0L, ErrorCode.LOG_UNAVAILABLE);
    assertThat(run(43)).isNotEqualTo(run(42));
  }

  private static List<Object> run(long seed) {
    InMemorySharedLog inner = new InMemorySharedLog(Runnable::run);
    inner.createTopics(List.of(TOPIC));
    TornSharedLog log = TornSharedLog.seeded(inner, new Random(seed), 0.5);
    return IntStream.range(0, 50).mapToObj(i -> told(append(log, i))).toList();
  }

  private static List<CompletableFuture<Long>> appendAll(SharedLog log, int count) {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(append(log, i));
    }
    return answers;
  }

  private static CompletableFuture<Long> append(SharedLog log, int value) {
    return log.append(TOPIC, new LogRecord(Map.of(), new byte[] {(byte) value}));
  }

  private static Object told(CompletableFuture<?> answer) {
    return answer
        .handle((value, failure) -> failure == null ? value : TerraneException.of(failure).code())
        .join();
  }

  private List<Integer> written() {
    try (LogReader reader = inner.read(TOPIC, 0)) {
      return reader.poll(Duration.ZERO).join().stream()
          .map(LogEntry::record)
          .map(record -> (int) record.value()[0])
          .toList();
    }
  }
}
