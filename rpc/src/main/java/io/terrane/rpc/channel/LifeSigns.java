package io.terrane.rpc.channel;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the other side of a connection lives, for as long as calls wait for it. If nothing was
 * answered for half of the silence allowed, it is asked something that any node answers at once; if
 * it is silent for the other half too, the connection is lost and the calls that wait are broken
 * off. A process that was stopped, and a network that swallows everything, look alike from here.
 * Thread-safe, never blocks.
 */
final class LifeSigns {
  private static final Logger LOG = LoggerFactory.getLogger(LifeSigns.class);

  private final String address;
  private final Scheduler scheduler;
  private final Duration half;
  private final Function<Duration, CompletableFuture<?>> ping;
  private final Map<CompletableFuture<?>, Runnable> waiting = new IdentityHashMap<>();
  private long answered;
  private boolean watching;
  private boolean lost;

  /**
   * @param ping asks; TIMED_OUT if there is no answer within the time given
   */
  LifeSigns(
      String address,
      Scheduler scheduler,
      Duration silenceMax,
      Function<Duration, CompletableFuture<?>> ping) {
    this.address = address;
    this.scheduler = scheduler;
    this.half = silenceMax.dividedBy(2);
    this.ping = ping;
  }

  synchronized boolean isLost() {
    return lost;
  }

  /**
   * Watches over a call until it is answered.
   *
   * @param breakOff fails the answer; what the call did is unknown
   */
  void await(CompletableFuture<?> answer, Runnable breakOff) {
    boolean late;
    synchronized (this) {
      late = lost;
      if (!late) {
        waiting.put(answer, breakOff);
        watch();
      }
    }
    if (late) {
      breakOff.run();
    } else {
      answer.whenComplete((value, failure) -> ended(answer));
    }
  }

  private synchronized void ended(CompletableFuture<?> answer) {
    waiting.remove(answer);
    answered++;
  }

  private synchronized void watch() {
    if (watching || lost || waiting.isEmpty()) {
      return;
    }
    watching = true;
    long before = answered;
    scheduler.schedule(half, () -> look(before));
  }

  private void look(long before) {
    synchronized (this) {
      if (answered != before || waiting.isEmpty()) {
        watching = false;
        watch();
        return;
      }
    }
    ping.apply(half).whenComplete((answer, failure) -> pinged(failure));
  }

  private void pinged(Throwable failure) {
    if (failure == null || TerraneException.of(failure).code() != ErrorCode.TIMED_OUT) {
      synchronized (this) {
        watching = false;
        watch();
      }
      return;
    }
    List<Runnable> calls;
    synchronized (this) {
      lost = true;
      calls = new ArrayList<>(waiting.values());
    }
    LOG.warn(
        "the node at {} gave no sign of life for {} ms; {} calls are broken off",
        address,
        half.toMillis() * 2,
        calls.size());
    calls.forEach(Runnable::run);
  }
}
