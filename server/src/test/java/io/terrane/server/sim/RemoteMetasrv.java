package io.terrane.server.sim;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.meta.Metasrv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The metasrvs as another process sees them: asks the one that answered last, and once round the
 * others; follows the catalogue by long polls.
 */
final class RemoteMetasrv implements CatalogService, ProcedureService, MembershipService {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final SimulatedCluster cluster;
  private final SimulatedProcess from;
  private final List<Waiter> waiters = new ArrayList<>();
  private CatalogSnapshot current = CatalogSnapshot.EMPTY;
  private int leader;

  private record Waiter(long version, CompletableFuture<CatalogSnapshot> answer) {}

  RemoteMetasrv(SimulatedCluster cluster, SimulatedProcess from) {
    this.cluster = cluster;
    this.from = from;
  }

  private <T> CompletableFuture<T> ask(
      Duration timeout, ErrorCode lost, Function<Metasrv, CompletableFuture<T>> question) {
    return ask(timeout, lost, question, cluster.metasrvs() - 1);
  }

  private <T> CompletableFuture<T> ask(
      Duration timeout,
      ErrorCode lost,
      Function<Metasrv, CompletableFuture<T>> question,
      int othersLeft) {
    int asked = leader;
    MetasrvLife life = cluster.metasrv(asked);
    return cluster
        .network()
        .call(from, life.running(), timeout, lost, () -> question.apply(life.metasrv()))
        .exceptionallyCompose(
            failure -> {
              ErrorCode code = TerraneException.of(failure).code();
              boolean elsewhere =
                  code == ErrorCode.NOT_METASRV_LEADER || code == ErrorCode.NODE_UNREACHABLE;
              boolean silent =
                  code == ErrorCode.TIMED_OUT || code == ErrorCode.METADATA_OUTCOME_UNKNOWN;
              if ((elsewhere || silent) && leader == asked) {
                leader = (asked + 1) % cluster.metasrvs();
              }
              return elsewhere && othersLeft > 0
                  ? ask(timeout, lost, question, othersLeft - 1)
                  : CompletableFuture.failedFuture(failure);
            });
  }

  /** Follows the catalogue from now on. */
  void follow() {
    if (!from.isAlive()) {
      return;
    }
    long known = current.version();
    ask(POLL.plus(LATE), ErrorCode.TIMED_OUT, metasrv -> metasrv.newerThan(known, POLL))
        .whenComplete(
            (snapshot, problem) -> {
              if (problem == null) {
                learn(snapshot);
                follow();
              } else {
                from.schedule(PAUSE, this::follow);
              }
            });
  }

  private CatalogSnapshot learn(CatalogSnapshot learnt) {
    if (learnt.version() > current.version()) {
      current = learnt;
    }
    for (Waiter waiter : List.copyOf(waiters)) {
      if (current.version() > waiter.version()) {
        waiters.remove(waiter);
        waiter.answer().complete(current);
      }
    }
    return current;
  }

  @Override
  public CatalogSnapshot snapshot() {
    return current;
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, Metasrv::latest).thenApply(this::learn);
  }

  @Override
  public CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
    Waiter waiter = new Waiter(version, new SimulatedFuture<>());
    if (current.version() > version) {
      waiter.answer().complete(current);
      return waiter.answer();
    }
    waiters.add(waiter);
    from.schedule(
        timeout,
        () -> {
          waiters.remove(waiter);
          waiter.answer().complete(current);
        });
    return waiter.answer();
  }

  @Override
  public CompletableFuture<ProcedureId> submit(ProcedureRequest request, String idempotencyKey) {
    return ask(
        TIMEOUT,
        ErrorCode.METADATA_OUTCOME_UNKNOWN,
        metasrv -> metasrv.submit(request, idempotencyKey));
  }

  @Override
  public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, metasrv -> metasrv.find(id));
  }

  @Override
  public CompletableFuture<List<ProcedureInfo>> list() {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, Metasrv::list);
  }

  @Override
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    return ask(
        timeout.plus(TIMEOUT), ErrorCode.NODE_UNREACHABLE, metasrv -> metasrv.await(id, timeout));
  }

  @Override
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, metasrv -> metasrv.cancel(id, askedBy));
  }

  @Override
  public CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move) {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, metasrv -> metasrv.explain(move));
  }

  @Override
  public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
    return ask(HEARTBEAT_TIMEOUT, ErrorCode.TIMED_OUT, metasrv -> metasrv.heartbeat(heartbeat));
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return ask(TIMEOUT, ErrorCode.NODE_UNREACHABLE, Metasrv::cluster);
  }
}
