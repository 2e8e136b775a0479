package io.terrane.rpc.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * An executor where Flight's signature wants a service. Its life is not ours to end, but it knows
 * how many of the tasks it was given have not ended.
 */
final class ExecutorServiceView extends AbstractExecutorService {

  private final Executor executor;
  private int unfinished;

  ExecutorServiceView(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    changeBy(1);
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } finally {
              changeBy(-1);
            }
          });
    } catch (RuntimeException refused) {
      changeBy(-1);
      throw refused;
    }
  }

  /** Whether every task has ended, after at most {@code limit}. */
  synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
    if (unfinished > 0) {
      wait(limit.toMillis());
    }
    return unfinished == 0;
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private synchronized void changeBy(int delta) {
    unfinished += delta;
    if (unfinished == 0) {
      notifyAll();
    }
  }
}
