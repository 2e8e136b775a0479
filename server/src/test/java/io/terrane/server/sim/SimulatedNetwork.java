package io.terrane.server.sim;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Calls between processes. Each message takes its own time, so messages overtake each other; a call
 * may be delivered twice, its answer may be lost, and a pair of processes may be cut off from each
 * other. What the caller is told is what the real transport says in that case.
 */
final class SimulatedNetwork {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration REFUSED = Duration.ofMillis(1);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  /** Who answers nothing for so long, not even that it lives, is given up if one may ask again. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  private static final int DUPLICATE_LATE_MILLIS = 3_000;

  private final SimulatedScheduler world;
  private final Random random;
  private final Set<Set<String>> cut = new HashSet<>();
  private int troublePercent;

  SimulatedNetwork(SimulatedScheduler world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** Share of calls that are delivered twice, and of answers that are lost. */
  void trouble(int percent) {
    troublePercent = percent;
  }

  void cut(String one, String other) {
    cut.add(Set.of(one, other));
  }

  void heal(String one, String other) {
    cut.remove(Set.of(one, other));
  }

  private boolean isCut(SimulatedProcess one, SimulatedProcess other) {
    return !one.toString().equals(other.toString())
        && cut.contains(Set.of(one.toString(), other.toString()));
  }

  private boolean unlucky() {
    return random.nextInt(100) < troublePercent;
  }

  Duration latency() {
    return Duration.ofNanos(100_000 + (long) (random.nextDouble() * 2_000_000));
  }

  /**
   * @param to the process to reach; empty if none of that name runs
   * @param handler runs there, as often as the call is delivered; must not block
   * @param lost what the caller is told when it is not known whether the call took effect
   */
  <T> CompletableFuture<T> call(
      SimulatedProcess from,
      Optional<SimulatedProcess> to,
      Duration timeout,
      ErrorCode lost,
      Supplier<CompletableFuture<T>> handler) {
    SimulatedFuture<T> answer = new SimulatedFuture<>();
    if (!from.isAlive() || to.isEmpty() || !to.get().isAlive()) {
      fail(from, answer, REFUSED, ErrorCode.NODE_UNREACHABLE, "nobody listens");
      return answer;
    }
    SimulatedProcess target = to.get();
    if (isCut(from, target) && random.nextBoolean()) {
      fail(from, answer, CONNECT_TIMEOUT, ErrorCode.NODE_UNREACHABLE, "no connection");
      return answer;
    }
    Runnable broken = () -> fail(from, answer, REFUSED, lost, "the connection broke");
    Runnable settled = target.onCrash(broken);
    answer.whenComplete((value, problem) -> settled.run());
    fail(from, answer, timeout, lost, "no answer in time");
    if (isCut(from, target)) {
      fail(from, answer, patience(lost), lost, "no sign of life");
    } else {
      giveUpIfPaused(from, target, answer, lost);
      deliver(from, target, latency(), answer, broken, patience(lost), handler);
      if (unlucky()) {
        Duration late = Duration.ofMillis(random.nextInt(DUPLICATE_LATE_MILLIS));
        deliver(from, target, late, answer, broken, patience(lost), handler);
      }
    }
    return answer;
  }

  private static Duration patience(ErrorCode lost) {
    return lost == ErrorCode.METADATA_OUTCOME_UNKNOWN ? KEEP_ALIVE : SILENCE_MAX;
  }

  private void giveUpIfPaused(
      SimulatedProcess from, SimulatedProcess target, CompletableFuture<?> answer, ErrorCode lost) {
    Scheduler.Cancellable look =
        world.schedule(
            patience(lost),
            () -> {
              if (target.isPaused()) {
                fail(from, answer, Duration.ZERO, lost, "no sign of life");
              } else if (!answer.isDone()) {
                giveUpIfPaused(from, target, answer, lost);
              }
            });
    answer.whenComplete((value, problem) -> look.cancel());
  }

  private <T> void deliver(
      SimulatedProcess from,
      SimulatedProcess target,
      Duration delay,
      CompletableFuture<T> answer,
      Runnable broken,
      Duration patience,
      Supplier<CompletableFuture<T>> handler) {
    world.schedule(
        delay,
        () ->
            target.execute(
                () -> {
                  if (target.isAlive()) {
                    handler
                        .get()
                        .whenComplete(
                            (value, problem) ->
                                reply(from, target, answer, broken, patience, value, problem));
                  }
                }));
  }

  private <T> void reply(
      SimulatedProcess from,
      SimulatedProcess target,
      CompletableFuture<T> answer,
      Runnable broken,
      Duration patience,
      T value,
      Throwable problem) {
    if (!target.isAlive()) {
      return;
    }
    if (isCut(from, target)) {
      world.schedule(patience, broken);
      return;
    }
    if (unlucky()) {
      broken.run();
      return;
    }
    world.schedule(
        latency(),
        () ->
            from.execute(
                () -> {
                  if (problem == null) {
                    answer.complete(value);
                  } else {
                    answer.completeExceptionally(TerraneException.of(problem));
                  }
                }));
  }

  private void fail(
      SimulatedProcess from,
      CompletableFuture<?> answer,
      Duration delay,
      ErrorCode code,
      String why) {
    Scheduler.Cancellable timer =
        world.schedule(
            delay,
            () ->
                from.execute(
                    () ->
                        answer.completeExceptionally(
                            new TerraneException(code, "network: " + why))));
    answer.whenComplete((value, problem) -> timer.cancel());
  }
}
