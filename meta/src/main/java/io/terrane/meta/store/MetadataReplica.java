package io.terrane.meta.store;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the metadata that follows the log: applies each batch in order and publishes the image.
 * Any node may have one. It never blocks; listeners are called one after the other in log order and
 * must not block either. What this process has appended itself need not be read back: it is applied
 * on the log's answer if nothing is missing before it.
 *
 * <p>A batch that cannot be read stops the replica for good: going on would make it differ from its
 * siblings.
 */
final class MetadataReplica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataReplica.class);
  private static final Duration POLL_WAIT = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private final SharedLog log;
  private final LogTopic topic;
  private final MetadataSnapshots snapshots;
  private final Scheduler scheduler;
  private final Executor executor;
  private final List<Consumer<MetadataImage.Applied>> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<TerraneException> onStopped;
  private final List<Waiter> waiters = new ArrayList<>();

  /** Held while a batch is applied and its listeners are called. */
  private final Object turn = new Object();

  private volatile MetadataImage image = MetadataImage.EMPTY;
  private volatile LogReader reader;
  private Optional<TerraneException> stopped = Optional.empty();

  MetadataReplica(
      SharedLog log,
      LogTopic topic,
      MetadataSnapshots snapshots,
      Scheduler scheduler,
      Executor executor,
      Consumer<TerraneException> onStopped) {
    this.log = log;
    this.topic = topic;
    this.snapshots = snapshots;
    this.scheduler = scheduler;
    this.executor = executor;
    this.onStopped = onStopped;
  }

  MetadataImage image() {
    return image;
  }

  void onApplied(Consumer<MetadataImage.Applied> listener) {
    listeners.add(listener);
  }

  /** Loads the newest snapshot and follows the log; completes when it has caught up. */
  CompletableFuture<Void> start() {
    return snapshots
        .newest()
        .thenCombine(log.end(topic), this::begin)
        .thenCompose(end -> whenApplied(end));
  }

  /** An image that shows everything that was durable before the call. */
  CompletableFuture<MetadataImage> latest() {
    return log.end(topic).thenCompose(end -> whenApplied(end).thenApply(done -> image));
  }

  /** Completes when everything before {@code position} is applied. */
  CompletableFuture<Void> whenApplied(long position) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    synchronized (this) {
      if (stopped.isPresent()) {
        future.completeExceptionally(stopped.get());
        return future;
      }
      if (image.version() < position) {
        waiters.add(new Waiter(position, future));
        return future;
      }
    }
    future.complete(null);
    return future;
  }

  /**
   * Applies a record that the log has taken at {@code position}, unless something before it is not
   * applied yet; then it is applied when it is read. On the executor.
   */
  void appended(long position, LogRecord record) {
    executor.execute(
        () -> {
          try {
            synchronized (turn) {
              if (position == image.version()) {
                apply(new LogEntry(position, record));
              }
            }
          } catch (RuntimeException broken) {
            giveUp(TerraneException.of(broken));
          }
        });
  }

  @Override
  public void close() {
    stop(new TerraneException(ErrorCode.SHUTTING_DOWN, "the metadata store is closed"));
  }

  private long begin(MetadataImage snapshot, long end) {
    if (snapshot.version() > end) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "metadata log "
              + topic
              + " ends at "
              + end
              + ", before its snapshot at "
              + snapshot.version());
    }
    image = snapshot;
    reader = log.read(topic, snapshot.version());
    poll();
    return end;
  }

  private void poll() {
    if (isStopped()) {
      reader.close();
      return;
    }
    reader.poll(POLL_WAIT).whenCompleteAsync(this::applyAll, executor);
  }

  private void applyAll(List<LogEntry> entries, Throwable failure) {
    try {
      if (failure != null) {
        handle(TerraneException.of(failure));
        return;
      }
      for (LogEntry entry : entries) {
        synchronized (turn) {
          if (entry.position() >= image.version()) {
            apply(entry);
          }
        }
      }
      poll();
    } catch (RuntimeException broken) {
      handle(TerraneException.of(broken));
    }
  }

  private void apply(LogEntry entry) {
    if (isStopped()) {
      return;
    }
    MetadataBatch batch = EditCodec.decode(entry.record().value());
    MetadataImage.Applied applied = image.after(batch, entry.position() + 1);
    image = applied.image();
    listeners.forEach(listener -> listener.accept(applied));
    release();
  }

  private void handle(TerraneException failure) {
    if (isStopped()) {
      reader.close();
    } else if (failure.kind() == ErrorKind.RETRY) {
      LOG.debug("read metadata log {} again", topic, failure);
      scheduler.schedule(PAUSE_AFTER_FAILURE, this::poll);
    } else if (failure.code() == ErrorCode.LOG_TRUNCATED && reader.position() < image.version()) {
      reader.close(); // it was slower than what we append, and needs nothing of what is gone
      reader = log.read(topic, image.version());
      poll();
    } else {
      giveUp(failure);
    }
  }

  private void giveUp(TerraneException failure) {
    LOG.error("metadata stops at {} of log {}", image.version(), topic, failure);
    stop(failure);
  }

  private synchronized boolean isStopped() {
    return stopped.isPresent();
  }

  private void release() {
    List<Waiter> ready;
    synchronized (this) {
      ready = waiters.stream().filter(waiter -> waiter.position <= image.version()).toList();
      waiters.removeAll(ready);
    }
    ready.forEach(waiter -> waiter.future.complete(null));
  }

  private void stop(TerraneException reason) {
    List<Waiter> left;
    synchronized (this) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(reason);
      left = List.copyOf(waiters);
      waiters.clear();
    }
    left.forEach(waiter -> waiter.future.completeExceptionally(reason));
    onStopped.accept(reason);
    if (reader != null) {
      reader.close();
    }
  }

  private record Waiter(long position, CompletableFuture<Void> future) {}
}
