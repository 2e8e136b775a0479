package io.terrane.server.sim;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A process' connection to the bucket, which is slow at times, and fails at times, before or after
 * it has done what was asked. A write that is on its way is done also if the process dies.
 */
final class SimulatedStore implements ObjectStore {
  private final ObjectStore store;
  private final SimulatedProcess process;
  private final SimulatedScheduler world;
  private final Random random;
  private final Trouble trouble;

  /**
   * @param store does what it is asked at once
   */
  SimulatedStore(
      ObjectStore store,
      SimulatedProcess process,
      SimulatedScheduler world,
      Random random,
      Trouble trouble) {
    this.store = store;
    this.process = process;
    this.world = world;
    this.random = random;
    this.trouble = trouble;
  }

  private <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> action) {
    SimulatedFuture<T> answer = new SimulatedFuture<>();
    boolean fails = !process.isAlive() || trouble.strikes();
    boolean reaches = process.isAlive() && (!fails || random.nextBoolean());
    world.schedule(
        trouble.latency(),
        () -> {
          CompletableFuture<T> done =
              reaches ? action.get() : CompletableFuture.completedFuture(null);
          world.schedule(
              trouble.latency(), () -> process.execute(() -> answer(done, fails, answer)));
        });
    return answer;
  }

  private static <T> void answer(
      CompletableFuture<T> done, boolean fails, CompletableFuture<T> answer) {
    done.whenComplete(
        (value, problem) -> {
          if (fails) {
            answer.completeExceptionally(
                new TerraneException(ErrorCode.STORE_UNAVAILABLE, "bucket trouble"));
          } else if (problem != null) {
            answer.completeExceptionally(TerraneException.of(problem));
          } else {
            answer.complete(value);
          }
        });
  }

  @Override
  public CompletableFuture<Boolean> create(ObjectKey key, byte[] content) {
    return call(() -> store.create(key, content));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key) {
    return call(() -> store.get(key));
  }

  @Override
  public CompletableFuture<byte[]> get(ObjectKey key, long offset, int length) {
    return call(() -> store.get(key, offset, length));
  }

  @Override
  public CompletableFuture<Optional<ObjectInfo>> find(ObjectKey key) {
    return call(() -> store.find(key));
  }

  @Override
  public CompletableFuture<List<ObjectInfo>> list(ObjectKey prefix) {
    return call(() -> store.list(prefix));
  }

  @Override
  public CompletableFuture<Void> delete(ObjectKey key) {
    return call(() -> store.delete(key));
  }

  @Override
  public void close() {}
}
