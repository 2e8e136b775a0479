package io.terrane.objectstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.objectstore.ObjectKey;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlakyObjectStoreTest {
  private static final ObjectKey KEY = ObjectKey.of("k");

  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final InMemoryObjectStore inner = new InMemoryObjectStore(Runnable::run);

  @Test
  void aCallThatFailsBeforeHasNoEffect() {
    assertThat(told(create(StoreFault.FAILS_BEFORE))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(inner.find(KEY).join()).isEmpty();
  }

  @Test
  void aCallThatFailsAfterHasItsEffect() {
    assertThat(told(create(StoreFault.FAILS_AFTER))).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(inner.find(KEY).join()).isPresent();
  }

  @Test
  void aSlowCallBeginsLater() {
    CompletableFuture<Boolean> answer = create(StoreFault.SLOW);
    scheduler.runUntilIdle();
    assertThat(inner.find(KEY).join()).isEmpty();
    assertThat(answer).isNotDone();
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue(true);
  }

  @Test
  void aSeedReplays() {
    assertThat(run(5)).isEqualTo(run(5)).isNotEqualTo(run(6)).contains("true", "STORE_UNAVAILABLE");
  }

  private String run(long seed) {
    FlakyObjectStore store =
        FlakyObjectStore.seeded(
            new InMemoryObjectStore(Runnable::run), scheduler, new Random(seed), 0.5);
    return IntStream.range(0, 40)
        .mapToObj(i -> store.create(ObjectKey.of("k" + i), new byte[1]))
        .toList()
        .stream()
        .map(
            answer -> {
              scheduler.runFor(Duration.ofSeconds(1));
              return told(answer).toString();
            })
        .toList()
        .toString();
  }

  private CompletableFuture<Boolean> create(StoreFault fault) {
    return new FlakyObjectStore(inner, (call, key) -> fault, scheduler).create(KEY, new byte[1]);
  }

  private static Object told(CompletableFuture<?> answer) {
    return answer
        .handle((value, failure) -> failure == null ? value : TerraneException.of(failure).code())
        .join();
  }
}
