package io.terrane.datanode;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A bucket that now and then fails, at times after having done what was asked. */
final class HostileStore implements ObjectStore {
  private final ObjectStore store;
  private final Random random;
  private final int troublePercent;
  private volatile boolean failing;

  HostileStore(ObjectStore store, Random random, int troublePercent) {
    this.store = store;
    this.random = random;
    this.troublePercent = troublePercent;
  }

  /** From now on everything fails, or nothing by this means. */
  void fail(boolean all) {
    failing = all;
  }

  private <T> CompletableFuture<T> maybe(Supplier<CompletableFuture<T>> action) {
    if (!failing && random.nextInt(100) >= troublePercent) {
      return action.get();
    }
    CompletableFuture<T> done =
        random.nextBoolean() ? action.get() : CompletableFuture.completedFuture(null);
    return done.thenCompose(
        ignored ->
            CompletableFuture.failedFuture(
                new TerraneException(ErrorCode.STORE_UNAVAILABLE, "trouble")));
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return maybe(() -> store.create(key, content));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return maybe(() -> store.get(key));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return store.get(key, offset, length);
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return maybe(() -> store.find(key));
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return maybe(() -> store.list(prefix));
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return maybe(() -> store.delete(key));
  }

  @Override
  public void close() {
    store.close();
  }
}
