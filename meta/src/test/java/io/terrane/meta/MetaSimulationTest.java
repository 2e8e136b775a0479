package io.terrane.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.meta.testing.FaultyLog;
import io.terrane.meta.testing.RecordingDatanodes;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Moves regions while datanodes die, return, are cut off and misbehave, the log loses answers and
 * the metasrv is killed. Always: no region has two leaders that acknowledge, epochs never go back.
 * In the end, with everything healed: every procedure has ended, every region is led where its
 * route says and open nowhere else.
 */
class MetaSimulationTest {
  private static final int NODES = 4;
  private static final int ACTIONS = 60;
  private static final List<Class<? extends RegionInstruction>> KINDS =
      List.of(
          RegionInstruction.OpenCandidate.class,
          RegionInstruction.FlushRegion.class,
          RegionInstruction.ReplayProgress.class,
          RegionInstruction.DowngradeRegion.class,
          RegionInstruction.UpgradeRegion.class,
          RegionInstruction.CloseRegion.class);

  private SimulatedMetasrv cluster;
  private final Map<Object, Long> epochs = new HashMap<>();
  private Random random = new Random(0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everythingEndsAndNobodyLeadsTwice(long seed) {
    cluster = SimulatedMetasrv.withDatanodes(NODES);
    simulate(seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void withFailoverAsWell(long seed) {
    cluster = SimulatedMetasrv.withDatanodes(NODES, SimulatedMetasrv.WITH_FAILOVER);
    simulate(seed);
  }

  private void simulate(long seed) {
    random = new Random(seed);
    for (int table = 0; table < 3; table++) {
      cluster.execute(SimulatedMetasrv.createTable("t" + table, 2));
    }
    cluster.afterEachTick(this::checkInvariants);
    try {
      for (int i = 0; i < ACTIONS; i++) {
        act(i);
        cluster.run(Duration.ofMillis(random.nextInt(2_500)));
      }
      heal();
      cluster.run(Duration.ofMinutes(4));
      checkTheEnd();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
    }
  }

  private void act(int number) {
    long node = 1 + random.nextInt(NODES);
    switch (random.nextInt(12)) {
      case 0 -> cluster.datanodes.kill(node);
      case 1, 2 -> startIfDead(node);
      case 7 -> cluster.datanodes.node(node).reconnect();
      case 3, 8 -> cluster.datanodes.node(node).cutOffFromMetasrv();
      case 4 -> crashAndRestart();
      case 5 -> cluster.log.failAppend(1 + random.nextInt(4), anyLogFault());
      case 6 -> cluster.datanodes.fault(node, any(KINDS), anyFault(), 1 + random.nextInt(3));
      default -> move(node, number);
    }
  }

  private void move(long to, int number) {
    List<RegionRoute> routes = routes();
    if (!routes.isEmpty()) {
      RegionRoute route = any(routes);
      // A refusal is as good as a move: the checks are tested elsewhere.
      cluster
          .metasrv()
          .submit(
              new ProcedureRequest.MigrateRegion(
                  route.region(), route.leader(), new NodeId(to), Duration.ofSeconds(20)),
              "move " + number);
    }
  }

  private void startIfDead(long node) {
    if (!cluster.datanodes.node(node).isRunning()) {
      cluster.datanodes.start(node);
    }
  }

  private void crashAndRestart() {
    cluster.crash();
    cluster.run(Duration.ofMillis(random.nextInt(15_000)));
    // Datanodes live on, so leases of the last metasrv must be waited for.
    cluster.startWithGrace();
    cluster.run(Duration.ofMillis(100));
  }

  private FaultyLog.Fault anyLogFault() {
    return any(
        List.of(
            FaultyLog.Fault.NOT_WRITTEN,
            FaultyLog.Fault.ANSWER_LOST,
            FaultyLog.Fault.WRITTEN_LATE,
            FaultyLog.Fault.UNAVAILABLE));
  }

  private RecordingDatanodes.Fault anyFault() {
    return any(List.of(RecordingDatanodes.Fault.values()));
  }

  private <T> T any(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private void heal() {
    cluster.log.heal();
    cluster.datanodes.heal();
    for (long node = 1; node <= NODES; node++) {
      startIfDead(node);
    }
  }

  private List<RegionRoute> routes() {
    return cluster.metasrv().snapshot().routes().stream()
        .flatMap(route -> route.regions().stream())
        .sorted((a, b) -> a.region().compareTo(b.region()))
        .toList();
  }

  private void checkInvariants() {
    boolean serves = !cluster.metasrv().cluster().isCompletedExceptionally();
    for (RegionRoute route : routes()) {
      assertThat(cluster.datanodes.writableLeaders(route.region()))
          .as("leaders of %s that acknowledge", route.region())
          .hasSizeLessThanOrEqualTo(1);
      long last = epochs.merge(route.region(), route.epoch().value(), Math::max);
      assertThat(!serves || route.epoch().value() == last).as("epochs grow").isTrue();
    }
  }

  private void checkTheEnd() {
    assertThat(cluster.await(cluster.metasrv().list()))
        .allMatch(info -> info.status().isFinal(), "has ended")
        .extracting(ProcedureInfo::endedAt)
        .allMatch(ended -> ended.isPresent());
    assertThat(routes()).hasSize(6);
    long held = 0;
    for (long node = 1; node <= NODES; node++) {
      held += cluster.datanodes.node(node).regions().size();
    }
    assertThat(held).isEqualTo(6);
    for (RegionRoute route : routes()) {
      assertThat(route.state()).isEqualTo(LeaderState.ALIVE);
      assertThat(cluster.datanodes.writableLeaders(route.region())).containsExactly(route.leader());
    }
  }
}
