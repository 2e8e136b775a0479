package io.terrane.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionStat;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogTopic;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.meta.testing.RecordingDatanodes;
import io.terrane.meta.testing.SimulatedMetasrv;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final InMemorySharedLog log = new InMemorySharedLog(scheduler);
  private final InMemoryObjectStore objects = new InMemoryObjectStore(scheduler);
  private final RecordingDatanodes datanodes =
      new RecordingDatanodes(scheduler, Duration.ofMillis(500));
  private final Random random = new Random(1);

  /** The threads of a process that may be stopped for a while. */
  private final class Threads implements Executor {
    private final List<Runnable> held = new ArrayList<>();
    private boolean stopped;

    @Override
    public void execute(Runnable task) {
      scheduler.execute(() -> run(task));
    }

    private void run(Runnable task) {
      if (stopped) {
        held.add(task);
      } else {
        task.run();
      }
    }

    void stop() {
      stopped = true;
    }

    void goOn() {
      stopped = false;
      held.forEach(scheduler::execute);
      held.clear();
    }
  }

  private Metasrv start(Executor threads) {
    Metasrv metasrv =
        new Metasrv(
            SimulatedMetasrv.WITH_FAILOVER.withLeaderTimeout(TIMEOUT),
            node(NodeRole.METASRV, 0),
            log,
            SimulatedMetasrv.TOPIC,
            number -> new LogTopic("wal-" + number),
            objects,
            ObjectKey.of("meta", "snapshots"),
            datanodes,
            (delay, task) -> scheduler.schedule(delay, () -> threads.execute(task)),
            scheduler,
            scheduler,
            random,
            threads);
    metasrv.start();
    return metasrv;
  }

  private NodeInfo node(NodeRole role, long id) {
    return new NodeInfo(
        new NodeId(id), role, "address", "host", "0", "0", 1, 1, scheduler.instant());
  }

  private static boolean leads(Metasrv metasrv) {
    return metasrv.cluster().handle((view, failure) -> failure == null).join();
  }

  @Test
  void oneOfThreeLeadsAndAllShowTheCatalogue() {
    List<Metasrv> all = List.of(start(scheduler), start(scheduler), start(scheduler));
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(all).filteredOn(LeaderElectionTest::leads).hasSize(1);
    Metasrv leader = all.stream().filter(LeaderElectionTest::leads).findFirst().orElseThrow();
    CompletableFuture<ProcedureId> id =
        leader.submit(new ProcedureRequest.CreateDatabase("d", java.util.Map.of(), false), "key");
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(id).isCompleted();
    assertThat(all).allMatch(each -> each.snapshot().findDatabase("d").isPresent());
  }

  @Test
  void aDeadLeaderIsFollowedWithinALease() {
    Metasrv first = start(scheduler);
    scheduler.runFor(Duration.ofSeconds(1));
    Metasrv second = start(scheduler);
    scheduler.runFor(Duration.ofMinutes(10));
    assertThat(leads(first)).isTrue();
    assertThat(leads(second)).isFalse();
    first.close();
    scheduler.runFor(Duration.ofSeconds(3));
    assertThat(leads(second)).isTrue();
  }

  /** It was heard by the leader before, or it is dead. */
  @Test
  void whoFollowsALeaderDoesNotWaitLongForADatanodeThatDiedBefore() {
    Metasrv first = start(scheduler);
    scheduler.runFor(Duration.ofSeconds(1));
    Metasrv second = start(scheduler);
    RegionRoute route = regionOnOneOfTwo(first);
    datanodes.kill(route.leader().value());
    first.close();
    datanodes.report(second);
    scheduler.runFor(Duration.ofSeconds(20));
    assertThat(leads(second)).isTrue();
    assertThat(datanodes.writableLeaders(route.region())).hasSize(1);
  }

  @Test
  void whoHasNeverHeardALeaderWaitsForTheCluster() {
    Metasrv first = start(scheduler);
    RegionRoute route = regionOnOneOfTwo(first);
    first.close();
    Metasrv next = start(scheduler);
    datanodes.kill(route.leader().value());
    datanodes.report(next);
    scheduler.runFor(Duration.ofSeconds(50));
    assertThat(leads(next)).isTrue();
    assertThat(datanodes.writableLeaders(route.region())).isEmpty();
    scheduler.runFor(Duration.ofSeconds(30));
    assertThat(datanodes.writableLeaders(route.region())).hasSize(1);
  }

  private RegionRoute regionOnOneOfTwo(Metasrv leader) {
    scheduler.runFor(Duration.ofSeconds(3));
    datanodes.report(leader);
    datanodes.start(1);
    datanodes.start(2);
    scheduler.runFor(Duration.ofSeconds(1));
    leader.submit(SimulatedMetasrv.createTable("t", 1), "key");
    scheduler.runFor(Duration.ofSeconds(2));
    return leader.snapshot().routes().iterator().next().regions().get(0);
  }

  @Test
  void aLeaderThatSleptGrantsNoLeaseAndStandsBy() {
    Threads threads = new Threads();
    Metasrv first = start(threads);
    scheduler.runFor(Duration.ofSeconds(1));
    Metasrv second = start(scheduler);
    scheduler.runFor(Duration.ofSeconds(1));
    datanodes.start(1);
    datanodes.report(first);
    scheduler.runFor(Duration.ofSeconds(1));
    CompletableFuture<ProcedureId> created =
        first.submit(SimulatedMetasrv.createTable("t", 1), "key");
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(created).isCompleted();
    RegionRoute route = first.snapshot().routes().iterator().next().regions().get(0);

    threads.stop();
    scheduler.runFor(Duration.ofSeconds(5));
    assertThat(leads(second)).isTrue();
    CompletableFuture<HeartbeatReply> late = first.heartbeat(reportOf(first, route));
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(late).isNotDone();
    threads.goOn();
    scheduler.runFor(Duration.ofSeconds(1));
    assertThatThrownBy(late::join)
        .isInstanceOf(CompletionException.class)
        .satisfies(
            failure ->
                assertThat(TerraneException.of(failure).code())
                    .isEqualTo(ErrorCode.NOT_METASRV_LEADER));
    assertThat(leads(first)).isFalse();

    second.close();
    scheduler.runFor(Duration.ofSeconds(4));
    assertThat(leads(first)).isTrue();
  }

  private static Heartbeat reportOf(Metasrv metasrv, RegionRoute route) {
    NodeInfo datanode =
        metasrv.cluster().join().nodes().stream()
            .map(status -> status.info())
            .filter(info -> info.role() == NodeRole.DATANODE)
            .findFirst()
            .orElseThrow();
    RegionEpoch epoch = route.epoch();
    RegionStat stat =
        new RegionStat(
            route.region(), epoch, RegionRole.LEADER, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new Heartbeat(datanode, Long.MAX_VALUE, List.of(stat));
  }
}
