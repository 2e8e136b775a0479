package io.terrane.datanode.worker;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in order of arrival, on an executor shared with others: what gives
 * a region its single writer. A task must not block.
 */
final class Mailbox implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  /** Tasks run in a row before the thread is given to another region. */
  private static final int TURN_TASKS_MAX = 64;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::takeTurn);
  }

  private void takeTurn() {
    for (int i = 0; i < TURN_TASKS_MAX; i++) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      run(task);
    }
    executor.execute(this::takeTurn);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a region task failed", e);
    }
  }
}
