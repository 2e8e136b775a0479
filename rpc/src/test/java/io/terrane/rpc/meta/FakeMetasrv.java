package io.terrane.rpc.meta;

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
import io.terrane.rpc.wire.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A metasrv of samples, which can refuse everything, and whose catalogue the test moves on. */
final class FakeMetasrv implements CatalogService, ProcedureService, MembershipService {

  final List<Object> seen = Collections.synchronizedList(new ArrayList<>());
  volatile TerraneException refusal;
  volatile boolean silent;
  volatile List<ProcedureInfo> infos = Samples.INFOS;
  private final List<Poll> polls = new ArrayList<>();
  private CatalogSnapshot current = Samples.catalog(1);

  synchronized void moveOn(long version) {
    current = Samples.catalog(version);
    polls.removeIf(poll -> poll.version < version && poll.answer.complete(current));
  }

  @Override
  public synchronized CatalogSnapshot snapshot() {
    return current;
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return answer("latest", snapshot());
  }

  @Override
  public synchronized CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
    if (refusal != null || current.version() > version) {
      return answer("newerThan " + version, current);
    }
    Poll poll = new Poll(version, new CompletableFuture<>());
    polls.add(poll);
    return poll.answer;
  }

  @Override
  public CompletableFuture<ProcedureId> submit(ProcedureRequest request, String key) {
    return answer(List.of(request, key), Samples.PROCEDURE);
  }

  @Override
  public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
    return answer(id, Samples.INFOS.stream().filter(info -> info.id().equals(id)).findFirst());
  }

  @Override
  public CompletableFuture<List<ProcedureInfo>> list() {
    return answer("list", infos);
  }

  @Override
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    return answer(List.of(id, timeout), Samples.INFOS.get(0));
  }

  @Override
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
    return answer(List.of(id, askedBy), Samples.INFOS.get(0));
  }

  @Override
  public CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move) {
    return answer(move, Samples.PLAN);
  }

  @Override
  public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
    return answer(heartbeat, Samples.HEARTBEAT_REPLY);
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return answer("cluster", Samples.CLUSTER);
  }

  private <T> CompletableFuture<T> answer(Object request, T answer) {
    seen.add(request);
    if (silent) {
      return new CompletableFuture<>();
    }
    return refusal != null
        ? CompletableFuture.failedFuture(refusal)
        : CompletableFuture.completedFuture(answer);
  }

  private record Poll(long version, CompletableFuture<CatalogSnapshot> answer) {}
}
