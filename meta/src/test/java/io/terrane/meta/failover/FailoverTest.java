package io.terrane.meta.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.meta.MetasrvConfig;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Regions leave dead datanodes by themselves. Watched all the time: nobody leads twice. */
class FailoverTest {
  private static final RegionId REGION = new RegionId(4398046511104L);

  private SimulatedMetasrv cluster = started(SimulatedMetasrv.WITH_FAILOVER);

  @Test
  void aDeadDatanodesRegionIsWritableElsewhereWithinFiveSeconds() {
    create(1);
    cluster.datanodes.kill(1);
    Duration took = untilWritableElsewhere(REGION, 1);
    assertThat(took).isBetween(Duration.ofMillis(3_500), Duration.ofSeconds(5));
    assertThat(moves()).singleElement().extracting(ProcedureInfo::status).isEqualTo(done());
  }

  @Test
  void aDatanodeThatIsCutOffStopsLeadingBeforeTheNextBegins() {
    create(1);
    cluster.datanodes.node(1).cutOffFromMetasrv();
    assertThat(untilWritableElsewhere(REGION, 1)).isLessThan(Duration.ofSeconds(5));
    cluster.datanodes.node(1).reconnect();
    cluster.run(Duration.ofSeconds(3));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
  }

  @Test
  void allItsRegionsMoveSomeAtATimeAndAreSpread() {
    create(60);
    long led = led(1);
    assertThat(led).isEqualTo(20);
    cluster.datanodes.kill(1);
    long[] most = {0};
    cluster.afterEachTick(
        () -> {
          watch();
          most[0] = Math.max(most[0], moves().stream().filter(m -> !isFinal(m)).count());
        });
    cluster.run(Duration.ofSeconds(12));
    assertThat(led(1)).isZero();
    assertThat(led(2)).isEqualTo(30);
    assertThat(led(3)).isEqualTo(30);
    assertThat(most[0]).isEqualTo(FailoverConfig.DEFAULT.movesMax());
  }

  @Test
  void aProcessThatIsGoneIsFoundDeadByItsRefusedConnection() {
    create(1);
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofMillis(1_900));
    assertThat(moves()).hasSize(1);
  }

  @Test
  void aShortSilenceMovesNothing() {
    create(3);
    cluster.datanodes.node(1).cutOffFromMetasrv();
    cluster.run(Duration.ofMillis(1_800));
    cluster.datanodes.node(1).reconnect();
    cluster.run(Duration.ofSeconds(20));
    assertThat(moves()).isEmpty();
    assertThat(led(1)).isEqualTo(1);
  }

  @Test
  void aTargetThatDiesTooIsReplacedByTheNext() {
    create(1);
    cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, Fault.DIES_BEFORE, 1);
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofSeconds(30));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(3));
    assertThat(moves())
        .extracting(ProcedureInfo::status)
        .containsExactly(ProcedureStatus.FAILED, done());
  }

  @Test
  void maintenanceModeHoldsItBackAndOutlivesTheMetasrv() {
    create(1);
    set(true);
    cluster.crash();
    cluster.run(Duration.ofSeconds(1));
    cluster.startWithGrace();
    cluster.run(Duration.ofSeconds(5));
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofSeconds(90));
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
    set(false);
    cluster.run(Duration.ofSeconds(2));
    assertThat(cluster.route(REGION).leader()).isNotEqualTo(new NodeId(1));
    assertThat(moves()).singleElement().extracting(ProcedureInfo::status).isEqualTo(done());
  }

  @Test
  void aNewMetasrvGivesDatanodesItHasNotHeardOfTimeToComeUp() {
    create(1);
    cluster.datanodes.kill(1);
    cluster.crash();
    cluster.startWithGrace();
    cluster.run(Duration.ofSeconds(50));
    assertThat(moves()).isEmpty();
    cluster.run(Duration.ofSeconds(15));
    assertThat(cluster.route(REGION).leader()).isNotEqualTo(new NodeId(1));
  }

  @Test
  void withoutAnotherDatanodeNothingIsTriedUntilOneComes() {
    cluster = started(SimulatedMetasrv.WITH_FAILOVER, 1);
    create(1);
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofSeconds(30));
    assertThat(moves()).isEmpty();
    cluster.datanodes.start(2);
    cluster.run(Duration.ofSeconds(2));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(2));
  }

  @Test
  void whereItIsSwitchedOffARegionWaitsForItsDatanode() {
    cluster =
        started(SimulatedMetasrv.WITH_FAILOVER.withFailover(FailoverConfig.DEFAULT.disabled()));
    create(1);
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofSeconds(90));
    assertThat(moves()).isEmpty();
    cluster.datanodes.start(1);
    cluster.run(Duration.ofSeconds(6));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void aMetasrvThatDiesInTheMiddleGoesOn() {
    create(1);
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofMillis(3_500));
    assertThat(moves()).hasSize(1);
    cluster.crash();
    cluster.startWithGrace();
    cluster.run(Duration.ofSeconds(8));
    assertThat(cluster.datanodes.writableLeaders(REGION)).hasSize(1);
    assertThat(moves()).singleElement().extracting(ProcedureInfo::status).isEqualTo(done());
  }

  private static SimulatedMetasrv started(MetasrvConfig config) {
    return started(config, 3);
  }

  private static SimulatedMetasrv started(MetasrvConfig config, int datanodes) {
    return SimulatedMetasrv.withDatanodes(datanodes, config);
  }

  private void create(int regions) {
    cluster.execute(SimulatedMetasrv.createTable("cpu", regions));
    cluster.afterEachTick(this::watch);
    cluster.run(Duration.ofSeconds(3));
  }

  private void watch() {
    for (RegionRoute route : routes()) {
      assertThat(cluster.datanodes.writableLeaders(route.region()))
          .as("leaders of %s that acknowledge", route.region())
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  private Duration untilWritableElsewhere(RegionId region, long than) {
    long began = cluster.scheduler.nanos();
    List<NodeId> old = List.of(new NodeId(than));
    List<NodeId> writable = old;
    while (writable.isEmpty() || writable.equals(old)) {
      assertThat(cluster.scheduler.nanos() - began).isLessThan(Duration.ofMinutes(1).toNanos());
      cluster.run(Duration.ofMillis(10));
      writable = cluster.datanodes.writableLeaders(region);
    }
    return Duration.ofNanos(cluster.scheduler.nanos() - began);
  }

  private void set(boolean on) {
    assertThat(cluster.execute(new ProcedureRequest.SetMaintenanceMode(on)).status())
        .isEqualTo(done());
  }

  private long led(long node) {
    return routes().stream().filter(route -> route.leader().equals(new NodeId(node))).count();
  }

  private List<RegionRoute> routes() {
    return cluster.metasrv().snapshot().routes().stream()
        .flatMap(route -> route.regions().stream())
        .toList();
  }

  private List<ProcedureInfo> moves() {
    return cluster.metasrv().list().join().stream()
        .filter(info -> info.type().endsWith("RegionMigration"))
        .toList();
  }

  private static boolean isFinal(ProcedureInfo info) {
    return info.status().isFinal();
  }

  private static ProcedureStatus done() {
    return ProcedureStatus.DONE;
  }
}
