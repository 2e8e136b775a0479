package io.terrane.objectstore;

import io.terrane.api.time.Scheduler;
import io.terrane.objectstore.testing.FlakyObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.objectstore.testing.ObjectStoreContract;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** With enough tries a bucket with bad luck keeps the contract. */
class RetryingObjectStoreContractTest extends ObjectStoreContract {
  private static final long SEED = 20261125;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Override
  protected ObjectStore open() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    Scheduler scheduler =
        (delay, task) -> {
          timer.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
          return () -> {};
        };
    return new RetryingObjectStore(
        FlakyObjectStore.seeded(new InMemoryObjectStore(executor), scheduler, random, 0.3),
        new RetryLimits(20, Duration.ofNanos(1), Duration.ofMillis(1)),
        scheduler,
        random);
  }
}
