package io.terrane.objectstore.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A bucket in memory; every call takes effect and is answered on the executor given. */
public final class InMemoryObjectStore implements ObjectStore {
  private final Executor executor;
  private final NavigableMap<ObjectKey, byte[]> objects = new ConcurrentSkipListMap<>();

  public InMemoryObjectStore(Executor executor) {
    this.executor = executor;
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return CompletableFuture.supplyAsync(
        () -> {
          byte[] present = objects.putIfAbsent(key, content.clone());
          return present == null || Arrays.equals(present, content);
        },
        executor);
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return supply(() -> content(key).clone());
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return supply(
        () -> {
          byte[] content = content(key);
          int from = (int) Math.min(offset, content.length);
          return Arrays.copyOfRange(content, from, Math.min(content.length, from + length));
        });
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return supply(() -> Optional.ofNullable(objects.get(key)).map(bytes -> info(key, bytes)));
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return supply(
        () ->
            objects.entrySet().stream()
                .filter(entry -> entry.getKey().path().startsWith(prefix.path() + "/"))
                .map(entry -> info(entry.getKey(), entry.getValue()))
                .toList());
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return supply(
        () -> {
          objects.remove(key);
          return null;
        });
  }

  @Override
  public void close() {}

  private <T> CompletableFuture<T> supply(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, executor);
  }

  private byte[] content(ObjectKey key) {
    byte[] content = objects.get(key);
    if (content == null) {
      throw new TerraneException(ErrorCode.OBJECT_NOT_FOUND, "object " + key + " does not exist");
    }
    return content;
  }

  private static ObjectInfo info(ObjectKey key, byte[] content) {
    return new ObjectInfo(key, content.length, Instant.EPOCH);
  }
}
