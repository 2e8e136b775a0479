package io.terrane.objectstore;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats calls that failed with STORE_UNAVAILABLE, a bounded number of times, with jittered waits
 * (Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015). Every call of the port
 * may be repeated; a create that meets its own earlier success is told apart by its bytes in the
 * store below.
 */
public final class RetryingObjectStore implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingObjectStore.class);

  private final ObjectStore store;
  private final RetryLimits limits;
  private final Scheduler scheduler;
  private final RandomGenerator random;

  public RetryingObjectStore(
      ObjectStore store, RetryLimits limits, Scheduler scheduler, RandomGenerator random) {
    this.store = store;
    this.limits = limits;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return new Call<>("create", key, () -> store.create(key, content)).begin();
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return new Call<>("get", key, () -> store.get(key)).begin();
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return new Call<>("get", key, () -> store.get(key, offset, length)).begin();
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return new Call<>("find", key, () -> store.find(key)).begin();
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return new Call<>("list", prefix, () -> store.list(prefix)).begin();
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return new Call<>("delete", key, () -> store.delete(key)).begin();
  }

  @Override
  public void close() {
    store.close();
  }

  private final class Call<T> {
    private final String verb;
    private final ObjectKey key;
    private final Supplier<CompletableFuture<T>> action;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private int tries;

    Call(String verb, ObjectKey key, Supplier<CompletableFuture<T>> action) {
      this.verb = verb;
      this.key = key;
      this.action = action;
    }

    CompletableFuture<T> begin() {
      tries++;
      try {
        action.get().whenComplete(this::settle);
      } catch (RuntimeException notBegun) {
        // A store that is closed, or has no threads any more.
        answer.completeExceptionally(TerraneException.of(notBegun));
      }
      return answer;
    }

    private void settle(T value, Throwable failure) {
      if (failure == null) {
        answer.complete(value);
        return;
      }
      TerraneException error = TerraneException.of(failure);
      if (error.code() != ErrorCode.STORE_UNAVAILABLE || tries >= limits.tries()) {
        answer.completeExceptionally(error);
        return;
      }
      Duration wait = drawWait();
      LOG.warn(
          "try {} of {} to {} {} failed, next in {} ms: {}",
          tries,
          limits.tries(),
          verb,
          key,
          wait.toMillis(),
          error.getMessage());
      scheduler.schedule(wait, this::begin);
    }

    private Duration drawWait() {
      synchronized (random) {
        return Duration.ofNanos(random.nextLong(limits.waitAfter(tries).toNanos() + 1));
      }
    }
  }
}
