package io.terrane.server.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future whose waits pass in simulated time; so do those of the stages made from it. */
final class SimulatedFuture<T> extends CompletableFuture<T> {
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new SimulatedFuture<>();
  }

  @Override
  public T join() {
    if (!isDone()) {
      Fiber fiber = Fiber.current();
      whenComplete((value, problem) -> fiber.wake());
      fiber.park();
    }
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (!isDone()) {
      Fiber fiber = Fiber.current();
      whenComplete((value, problem) -> fiber.wake());
      fiber.park();
    }
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!isDone()) {
      Fiber fiber = Fiber.current();
      SimulatedFuture<Void> first = new SimulatedFuture<>();
      whenComplete((value, problem) -> first.complete(null));
      fiber.process().schedule(Duration.ofNanos(unit.toNanos(timeout)), () -> first.complete(null));
      first.join();
      if (!isDone()) {
        throw new TimeoutException();
      }
    }
    return super.get();
  }
}
