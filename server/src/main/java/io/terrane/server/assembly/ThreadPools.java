package io.terrane.server.assembly;

import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every thread of the process, and its clocks and randomness: the only way they come in. Threads
 * are daemons named {@code terrane-…}; the process ends when its main thread does.
 */
@SuppressForbidden(reason = "this is where threads and clocks are made")
public final class ThreadPools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadPools.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final ExecutorService query;
  private final ExecutorService worker;
  private final ExecutorService background;
  private final ExecutorService procedure;
  private final ExecutorService io;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param queryThreads most statements that run at once
   */
  public ThreadPools(int queryThreads) {
    int cores = Runtime.getRuntime().availableProcessors();
    this.query = bounded("query", queryThreads);
    this.worker = bounded("region-worker", Math.max(4, cores));
    this.background = bounded("background", Math.max(4, cores));
    this.procedure = bounded("procedure", 8);
    // Log readers each hold a thread while they poll, so these may be many; they are mostly idle.
    this.io = Executors.newCachedThreadPool(named("io"));
    this.timer = new ScheduledThreadPoolExecutor(1, named("timer"));
    this.timer.setRemoveOnCancelPolicy(true);
  }

  /** Plans statements and drives operators; may block on streams. */
  public Executor query() {
    return query;
  }

  /** Region writers. Never blocks. */
  public Executor worker() {
    return worker;
  }

  /** Flush, compaction, sweeps. */
  public Executor background() {
    return background;
  }

  public Executor procedure() {
    return procedure;
  }

  /** Blocking clients: log consumers, files. */
  public Executor io() {
    return io;
  }

  /**
   * Passes due tasks to {@link #io()}, so a slow one delays no other and none waits for a thread.
   */
  public Scheduler scheduler() {
    return (delay, task) -> {
      java.util.concurrent.ScheduledFuture<?> future =
          timer.schedule(
              () -> io.execute(() -> runLogged(task)), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }

  public static Ticker ticker() {
    return System::nanoTime;
  }

  public static InstantSource clock() {
    return InstantSource.system();
  }

  public static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  @Override
  public void close() {
    timer.shutdownNow();
    for (ExecutorService pool : new ExecutorService[] {query, procedure, worker, background, io}) {
      pool.shutdown();
    }
    for (ExecutorService pool : new ExecutorService[] {query, procedure, worker, background, io}) {
      try {
        if (!pool.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
          pool.shutdownNow();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        pool.shutdownNow();
      }
    }
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOG.error("a scheduled task failed", failure);
    }
  }

  private static ExecutorService bounded(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "terrane-" + name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
