package io.terrane.query;

import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What is not deterministic, handed in.
 *
 * @param allocator parent of every statement's; closed by its owner after the engine
 * @param executor for work that a statement does in parallel; its tasks may block
 * @param scheduler for statement timeouts
 * @param random guarded by its users; ids are drawn from it
 */
public record QueryRuntime(
    BufferAllocator allocator,
    Executor executor,
    Scheduler scheduler,
    Ticker ticker,
    InstantSource clock,
    RandomGenerator random) {
  public QueryRuntime {
    Objects.requireNonNull(allocator, "allocator");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(random, "random");
  }
}
