package io.terrane.datanode;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The log and the bucket as a process sees them that dies at its n-th call of either: from that
 * call on nothing it asks for takes effect, or that call still does and nobody hears of it.
 */
final class DyingPlace {
  /** What becomes of the call at which the process dies. */
  enum Last {
    LOST,
    DONE
  }

  private final long dyingCall;
  private final Last last;
  private long calls;

  /**
   * @param dyingCall counted from 1
   */
  DyingPlace(long dyingCall, Last last) {
    this.dyingCall = dyingCall;
    this.last = last;
  }

  /** How many calls there were. */
  long calls() {
    return calls;
  }

  boolean isDead() {
    return calls >= dyingCall;
  }

  private <T> CompletableFuture<T> call(ErrorCode unheard, Supplier<CompletableFuture<T>> action) {
    calls++;
    if (calls < dyingCall) {
      return action.get();
    }
    CompletableFuture<T> dead =
        CompletableFuture.failedFuture(new TerraneException(unheard, "the process is dead"));
    return calls == dyingCall && last == Last.DONE
        ? action.get().handle((done, problem) -> dead).thenCompose(answer -> answer)
        : dead;
  }

  ObjectStore before(ObjectStore store) {
    return new Bucket(store);
  }

  SharedLog before(SharedLog log) {
    return new Log(log);
  }

  private final class Bucket implements ObjectStore {
    private final ObjectStore store;

    Bucket(ObjectStore store) {
      this.store = store;
    }

    private <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> action) {
      return DyingPlace.this.call(ErrorCode.STORE_UNAVAILABLE, action);
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

  private final class Log implements SharedLog {
    private final SharedLog log;

    Log(SharedLog log) {
      this.log = log;
    }

    @Override
    public CompletableFuture<Long> append(LogTopic topic, LogRecord record) {
      return call(ErrorCode.WRITE_OUTCOME_UNKNOWN, () -> log.append(topic, record));
    }

    @Override
    public CompletableFuture<Void> createTopics(Collection<LogTopic> topics) {
      return log.createTopics(topics);
    }

    @Override
    public CompletableFuture<Long> end(LogTopic topic) {
      return call(ErrorCode.LOG_UNAVAILABLE, () -> log.end(topic));
    }

    @Override
    public CompletableFuture<Long> start(LogTopic topic) {
      return call(ErrorCode.LOG_UNAVAILABLE, () -> log.start(topic));
    }

    @Override
    public LogReader read(LogTopic topic, long from) {
      return log.read(topic, from);
    }

    @Override
    public CompletableFuture<Void> trim(LogTopic topic, long before) {
      return call(ErrorCode.LOG_UNAVAILABLE, () -> log.trim(topic, before));
    }

    @Override
    public void close() {}
  }
}
