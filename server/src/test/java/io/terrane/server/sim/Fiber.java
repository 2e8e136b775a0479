package io.terrane.server.sim;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Code that may block, in a simulation where one thing happens at a time: a thread that runs only
 * while the simulation's thread waits for it, and stops where a {@link SimulatedFuture} is awaited.
 */
final class Fiber {
  private static final long STUCK_SECONDS = 60;
  private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fiber");
            thread.setDaemon(true);
            return thread;
          });

  private final SimulatedProcess process;
  private final Semaphore mayRun = new Semaphore(0);
  private final Semaphore hasStopped = new Semaphore(0);
  private Throwable failure;
  private volatile Thread thread;

  private Fiber(SimulatedProcess process) {
    this.process = process;
  }

  /** Runs {@code body} as a part of a process, from its next turn on. */
  static void start(SimulatedProcess process, Runnable body) {
    Fiber fiber = new Fiber(process);
    THREADS.execute(() -> fiber.run(body));
    process.execute(fiber::resume);
  }

  static Fiber current() {
    Fiber fiber = CURRENT.get();
    if (fiber == null) {
      throw new AssertionError("something that must not block waits for an answer");
    }
    return fiber;
  }

  /** Lets others run until {@link #wake} is called. */
  void park() {
    hasStopped.release();
    mayRun.acquireUninterruptibly();
  }

  /** Goes on in the process' next turn. */
  void wake() {
    process.execute(this::resume);
  }

  SimulatedProcess process() {
    return process;
  }

  private void run(Runnable body) {
    thread = Thread.currentThread();
    CURRENT.set(this);
    mayRun.acquireUninterruptibly();
    try {
      body.run();
    } catch (Throwable e) { // given to the simulation's thread
      failure = e;
    } finally {
      CURRENT.remove();
      hasStopped.release();
    }
  }

  private void resume() {
    mayRun.release();
    try {
      if (!hasStopped.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
        AssertionError stuck = new AssertionError("a fiber waits for something unknown");
        stuck.setStackTrace(thread.getStackTrace());
        throw stuck;
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (failure != null) {
      throw new AssertionError("a fiber of " + process + " failed", failure);
    }
  }
}
