package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Reads files on the executor; holds no thread while it waits. */
final class LocalLogReader implements LogReader {
  private final LocalTopic topic;
  private final Executor executor;
  private final Scheduler scheduler;

  // Guarded by this.
  private long position;
  private Poll current;
  private boolean closed;

  LocalLogReader(LocalTopic topic, long from, Executor executor, Scheduler scheduler) {
    this.topic = topic;
    this.position = from;
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** One call: settled once, by entries, by the end of its wait, by a failure or by close. */
  private final class Poll {
    final CompletableFuture<List<LogEntry>> answer = new CompletableFuture<>();
    final Runnable wake = this::giveLater;
    private Scheduler.Cancellable deadline = () -> {};

    void begin(Duration wait) {
      if (!wait.isZero()) {
        deadline = scheduler.schedule(wait, () -> settle(List.of()));
      }
      if (wait.isZero()) {
        submit(this::giveNow);
      } else {
        giveLater();
      }
    }

    private void giveLater() {
      submit(this::give);
    }

    private void submit(Runnable task) {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException shutDown) {
        fail(
            new TerraneException(
                ErrorCode.LOG_UNAVAILABLE, "the log has no threads any more", shutDown));
      }
    }

    private void giveNow() {
      give();
      settle(List.of());
    }

    private void give() {
      try {
        long from = position();
        List<LogEntry> entries = topic.read(from);
        if (!entries.isEmpty()) {
          settle(entries);
        } else {
          topic.whenBeyond(from, wake);
        }
      } catch (IOException failure) {
        fail(new TerraneException(ErrorCode.LOG_UNAVAILABLE, "reading the log failed", failure));
      } catch (TerraneException failure) {
        fail(failure);
      }
    }

    private void settle(List<LogEntry> entries) {
      synchronized (LocalLogReader.this) {
        if (current != this) {
          return;
        }
        current = null;
        position += entries.size();
      }
      end();
      answer.complete(entries);
    }

    private void fail(TerraneException failure) {
      synchronized (LocalLogReader.this) {
        if (current != this) {
          return;
        }
        current = null;
      }
      end();
      answer.completeExceptionally(failure);
    }

    private void end() {
      deadline.cancel();
      topic.forget(wake);
    }
  }

  @Override
  public CompletableFuture<List<LogEntry>> poll(Duration wait) {
    Poll poll = new Poll();
    synchronized (this) {
      if (current != null) {
        throw new IllegalStateException("a poll is running already");
      }
      if (closed) {
        return CompletableFuture.completedFuture(List.of());
      }
      current = poll;
    }
    poll.begin(wait);
    return poll.answer;
  }

  @Override
  public synchronized long position() {
    return position;
  }

  @Override
  public void close() {
    Poll running;
    synchronized (this) {
      closed = true;
      running = current;
    }
    if (running != null) {
      running.settle(List.of());
    }
  }
}
