package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.objectstore.testing.FlakyObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.objectstore.testing.StoreFault;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingObjectStoreTest {
  private static final ObjectKey KEY = ObjectKey.of("k");
  private static final RetryLimits LIMITS =
      new RetryLimits(4, Duration.ofMillis(100), Duration.ofMillis(250));

  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final InMemoryObjectStore inner = new InMemoryObjectStore(Runnable::run);
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aCallThatFailedIsRepeatedUntilItSucceeds() {
    CompletableFuture<Boolean> answer =
        failing(3, StoreFault.FAILS_BEFORE).create(KEY, new byte[1]);
    assertThat(answer).isNotDone();
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue(true);
    assertThat(calls).hasValue(4);
  }

  @Test
  void aCreateThatMeetsItsOwnEarlierSuccessHasSucceeded() {
    CompletableFuture<Boolean> answer = failing(1, StoreFault.FAILS_AFTER).create(KEY, new byte[1]);
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue(true);
  }

  @Test
  void aCreateThatMeetsAnotherObjectHasLost() {
    inner.create(KEY, new byte[] {9}).join();
    CompletableFuture<Boolean> answer = failing(1, StoreFault.FAILS_AFTER).create(KEY, new byte[1]);
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(answer).isCompletedWithValue(false);
  }

  @Test
  void thereIsALastTry() {
    CompletableFuture<byte[]> answer = failing(100, StoreFault.FAILS_BEFORE).get(KEY);
    // At most 100 + 200 + 250 milliseconds of waiting.
    scheduler.runFor(Duration.ofMillis(550));
    assertThat(answer).isCompletedExceptionally();
    assertThat(code(answer)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(calls).hasValue(4);
  }

  @Test
  void whatWillNotPassIsNotRepeated() {
    CompletableFuture<byte[]> answer = failing(0, StoreFault.NONE).get(KEY);
    assertThat(code(answer)).isEqualTo(ErrorCode.OBJECT_NOT_FOUND);
    assertThat(calls).hasValue(1);
  }

  private RetryingObjectStore failing(int times, StoreFault fault) {
    FlakyObjectStore flaky =
        new FlakyObjectStore(
            inner,
            (call, key) -> calls.incrementAndGet() <= times ? fault : StoreFault.NONE,
            scheduler);
    return new RetryingObjectStore(flaky, LIMITS, scheduler, new Random(1));
  }

  private static ErrorCode code(CompletableFuture<?> answer) {
    return answer.handle((value, failure) -> TerraneException.of(failure).code()).join();
  }
}
