package io.terrane.objectstore.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A bucket with bad luck, around another. Thread-safe if its script is. */
public final class FlakyObjectStore implements ObjectStore {
  private static final Duration DELAY = Duration.ofMillis(5);

  private final ObjectStore store;
  private final BiFunction<StoreCall, ObjectKey, StoreFault> script;
  private final Scheduler scheduler;

  /**
   * @param script asked once for each call
   * @param scheduler begins slow calls
   */
  public FlakyObjectStore(
      ObjectStore store, BiFunction<StoreCall, ObjectKey, StoreFault> script, Scheduler scheduler) {
    this.store = store;
    this.script = script;
    this.scheduler = scheduler;
  }

  /**
   * Every kind of fault with equal probability.
   *
   * @param faults share of calls that meet one, 0 to 1
   */
  public static FlakyObjectStore seeded(
      ObjectStore store, Scheduler scheduler, RandomGenerator random, double faults) {
    StoreFault[] kinds = {StoreFault.FAILS_BEFORE, StoreFault.FAILS_AFTER, StoreFault.SLOW};
    return new FlakyObjectStore(
        store,
        (call, key) -> {
          synchronized (random) {
            return random.nextDouble() < faults
                ? kinds[random.nextInt(kinds.length)]
                : StoreFault.NONE;
          }
        },
        scheduler);
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return call(StoreCall.CREATE, key, () -> store.create(key, content));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return call(StoreCall.GET, key, () -> store.get(key));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return call(StoreCall.GET, key, () -> store.get(key, offset, length));
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return call(StoreCall.FIND, key, () -> store.find(key));
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return call(StoreCall.LIST, prefix, () -> store.list(prefix));
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return call(StoreCall.DELETE, key, () -> store.delete(key));
  }

  /** Leaves the inner store open: what outlives a crash belongs to the test. */
  @Override
  public void close() {}

  private <T> CompletableFuture<T> call(
      StoreCall call, ObjectKey key, Supplier<CompletableFuture<T>> action) {
    return switch (script.apply(call, key)) {
      case NONE -> action.get();
      case FAILS_BEFORE -> CompletableFuture.failedFuture(unavailable(call, key, "before"));
      case FAILS_AFTER ->
          action
              .get()
              .handle(
                  (value, failure) -> {
                    throw unavailable(call, key, "after");
                  });
      case SLOW -> {
        CompletableFuture<T> answer = new CompletableFuture<>();
        scheduler.schedule(DELAY, () -> action.get().whenComplete((v, f) -> pass(answer, v, f)));
        yield answer;
      }
    };
  }

  private static <T> void pass(CompletableFuture<T> answer, T value, Throwable failure) {
    if (failure == null) {
      answer.complete(value);
    } else {
      answer.completeExceptionally(TerraneException.of(failure));
    }
  }

  private static TerraneException unavailable(StoreCall call, ObjectKey key, String when) {
    return new TerraneException(
        ErrorCode.STORE_UNAVAILABLE, "the store fails %s %s %s".formatted(when, call, key));
  }
}
