package io.terrane.server.sim;

import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One life of a process: its threads, its timers and its clocks, which run a little fast or slow.
 * It may be paused, as by SIGSTOP or a long collection of garbage. When it has crashed it reaches
 * nobody any more; its code runs on all the same, to free its memory.
 */
final class SimulatedProcess implements Scheduler, Executor, Ticker, InstantSource {
  private final String name;
  private final SimulatedScheduler world;
  private final double speed;
  private final List<Runnable> held = new ArrayList<>();
  private final List<Runnable> onCrash = new ArrayList<>();
  private boolean alive = true;
  private boolean paused;

  /**
   * @param speed of its clocks, 1 being right
   */
  SimulatedProcess(String name, SimulatedScheduler world, double speed) {
    this.name = name;
    this.world = world;
    this.speed = speed;
  }

  boolean isAlive() {
    return alive;
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    paused = alive;
  }

  void resume() {
    paused = false;
    held.forEach(world::execute);
    held.clear();
  }

  void crash() {
    alive = false;
    resume();
    List.copyOf(onCrash).forEach(Runnable::run);
    onCrash.clear();
  }

  /** Runs {@code action} at the crash; the answer takes it back. */
  Runnable onCrash(Runnable action) {
    onCrash.add(action);
    return () -> onCrash.remove(action);
  }

  @Override
  public void execute(Runnable task) {
    world.execute(() -> run(task));
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    boolean[] cancelled = {false};
    Cancellable timer =
        world.schedule(
            Duration.ofNanos((long) Math.ceil(delay.toNanos() / speed)),
            () ->
                run(
                    () -> {
                      if (!cancelled[0]) {
                        task.run();
                      }
                    }));
    return () -> {
      cancelled[0] = true;
      timer.cancel();
    };
  }

  private void run(Runnable task) {
    if (paused) {
      held.add(task);
    } else {
      task.run();
    }
  }

  /** For tasks that block. */
  Executor fibers() {
    return task -> Fiber.start(this, task);
  }

  @Override
  public long nanos() {
    return (long) (world.nanos() * speed);
  }

  @Override
  public Instant instant() {
    return world.instant();
  }

  @Override
  public String toString() {
    return name;
  }
}
