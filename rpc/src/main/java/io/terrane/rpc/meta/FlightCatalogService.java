package io.terrane.rpc.meta;

import io.terrane.api.error.TerraneException;
import io.terrane.api.service.CatalogService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.time.Scheduler;
import io.terrane.rpc.channel.LostAnswer;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.wire.CatalogDeltaWire;
import io.terrane.rpc.wire.CatalogWire;
import io.terrane.rpc.wire.TimeWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metasrv's catalogue, followed over Flight: one long poll is always under way, so that {@link
 * #snapshot} is a field read. Snapshots only ever get newer. When the metasrv is away the last one
 * stays, and the poll is tried again after a pause.
 */
public final class FlightCatalogService implements CatalogService, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlightCatalogService.class);

  /** Short, so that a metasrv that hangs is noticed, and another one asked, within seconds. */
  private static final Duration POLL = Duration.ofSeconds(2);

  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final MetaClient metasrv;
  private final Scheduler scheduler;

  /** Guarded by this; each leaves when it is answered or its time is up. */
  private final List<Waiter> waiters = new ArrayList<>();

  private volatile CatalogSnapshot current = CatalogSnapshot.EMPTY;
  private volatile boolean closed;
  private boolean failing;

  public FlightCatalogService(MetaClient metasrv, Scheduler scheduler) {
    this.metasrv = metasrv;
    this.scheduler = scheduler;
  }

  /** Begins to follow; once. */
  public void start() {
    follow();
  }

  @Override
  public CatalogSnapshot snapshot() {
    return current;
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return read(current, CatalogProto.CatalogRequest.newBuilder(), metasrv.callTimeout());
  }

  @Override
  public CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
    Waiter waiter = new Waiter(version, new CompletableFuture<>());
    synchronized (this) {
      if (current.version() > version) {
        return CompletableFuture.completedFuture(current);
      }
      waiters.add(waiter);
    }
    Scheduler.Cancellable timer = scheduler.schedule(timeout, () -> giveUp(waiter));
    waiter.answer().whenComplete((snapshot, failure) -> timer.cancel());
    return waiter.answer();
  }

  /** Stops following; those who wait get what is known. */
  @Override
  public void close() {
    closed = true;
    List<Waiter> left;
    synchronized (this) {
      left = List.copyOf(waiters);
      waiters.clear();
    }
    left.forEach(waiter -> waiter.answer().complete(current));
  }

  private void follow() {
    if (closed) {
      return;
    }
    CatalogProto.CatalogRequest.Builder request =
        CatalogProto.CatalogRequest.newBuilder().setWait(TimeWire.encode(POLL));
    // The first answer is the whole catalogue, later ones are what has changed.
    Duration slack = current.version() == 0 ? metasrv.callTimeout() : LATE;
    read(current, request, POLL.plus(slack))
        .whenComplete(
            (snapshot, failure) -> {
              if (failure == null) {
                failing = false;
                follow();
              } else {
                pause(TerraneException.of(failure));
              }
            });
  }

  private void pause(TerraneException failure) {
    if (closed) {
      return;
    }
    if (!failing) {
      failing = true;
      LOG.warn(
          "the catalogue stays at version {} for now: {}", current.version(), failure.getMessage());
    }
    scheduler.schedule(PAUSE_AFTER_FAILURE, this::follow);
  }

  /**
   * @param known what the answer may be the difference to
   */
  private CompletableFuture<CatalogSnapshot> read(
      CatalogSnapshot known, CatalogProto.CatalogRequest.Builder request, Duration timeout) {
    return metasrv
        .ask(
            Verb.CATALOG,
            request.setKnownVersion(known.version()).build(),
            CatalogProto.CatalogReply.parser(),
            timeout,
            LostAnswer.ASK_AGAIN)
        .thenApply(reply -> learn(decode(known, reply)));
  }

  private static CatalogSnapshot decode(CatalogSnapshot known, CatalogProto.CatalogReply reply) {
    if (reply.hasSnapshot()) {
      return CatalogWire.decode(reply.getSnapshot());
    }
    return reply.hasDelta() ? CatalogDeltaWire.apply(known, reply.getDelta()) : known;
  }

  private CatalogSnapshot learn(CatalogSnapshot learnt) {
    List<Waiter> answered = new ArrayList<>();
    CatalogSnapshot newest;
    synchronized (this) {
      if (learnt.version() > current.version()) {
        current = learnt;
      }
      newest = current;
      for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
        Waiter waiter = each.next();
        if (newest.version() > waiter.version()) {
          answered.add(waiter);
          each.remove();
        }
      }
    }
    answered.forEach(waiter -> waiter.answer().complete(newest));
    return newest;
  }

  private void giveUp(Waiter waiter) {
    synchronized (this) {
      waiters.remove(waiter);
    }
    waiter.answer().complete(current);
  }

  private record Waiter(long version, CompletableFuture<CatalogSnapshot> answer) {}
}
