package io.terrane.meta.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private static final RegionId STRAY = new RegionId(4398046511199L);
  private static final Duration LEASE = SimulatedMetasrv.CONFIG.leaseDuration();
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);
  private long sequence = 1_000;

  @Test
  void aLeaderGetsALeaseForWhatItLeadsUnderTheRoutesEpoch() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
    cluster.run(Duration.ofMinutes(1));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void anIsolatedLeaderStopsAcknowledgingWhenItsLeaseHasRunOut() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.datanodes.node(1).cutOffFromMetasrv();
    cluster.run(LEASE.plusMillis(100));
    assertThat(cluster.datanodes.writableLeaders(REGION)).isEmpty();
  }

  @Test
  void aNewLifeGetsItsRegionsUnderANewEpochButNotBeforeTheOldLeaseHasRunOut() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.datanodes.kill(1);
    cluster.datanodes.start(1);
    cluster.run(LEASE.minusSeconds(1));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
    assertThat(cluster.route(REGION).epoch()).isEqualTo(RegionEpoch.FIRST);
    cluster.run(Duration.ofSeconds(5));
    assertThat(cluster.datanodes.node(1).regions()).containsExactly("1024.0 LEADER 2");
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(2));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void withoutInitialGraceARestartOfEverythingOpensAtOnce() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.datanodes.kill(1);
    cluster.crash();
    cluster.restart();
    cluster.datanodes.start(1);
    cluster.run(Duration.ofMillis(100));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(2));
  }

  @Test
  void withInitialGraceANewMetasrvWaitsForLeasesItDoesNotKnow() {
    SimulatedMetasrv careful = new SimulatedMetasrv(SimulatedMetasrv.CONFIG, 7);
    careful.datanodes.start(1);
    careful.run(Duration.ofSeconds(1));
    careful.execute(SimulatedMetasrv.createTable("cpu", 1));
    careful.datanodes.kill(1);
    careful.crash();
    careful.restart();
    careful.datanodes.start(1);
    careful.run(Duration.ofSeconds(9));
    assertThat(careful.datanodes.node(1).regions()).isEmpty();
    careful.run(Duration.ofSeconds(5));
    assertThat(careful.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void aRegionThatNobodyRoutedThereIsClosed() {
    HeartbeatReply reply = beat(2, stat(STRAY, RegionRole.LEADER, 1));
    assertThat(reply.leases()).isEmpty();
    assertThat(reply.instructions()).containsExactly(new RegionInstruction.CloseRegion(STRAY));
  }

  @Test
  void aRegionUnderAnEpochAboveItsRoutesIsClosedWhenItIsReportedTwice() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    RegionStat odd = stat(REGION, RegionRole.LEADER, 9);
    assertThat(beat(1, odd).instructions()).isEmpty();
    HeartbeatReply second = beat(1, odd);
    assertThat(second.leases()).isEmpty();
    assertThat(second.instructions()).containsExactly(new RegionInstruction.CloseRegion(REGION));
  }

  @Test
  void aRegionThatIsStillOpeningOrHasStoppedLeadingIsToldToLead() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    for (RegionRole role : List.of(RegionRole.FOLLOWER, RegionRole.DOWNGRADING)) {
      HeartbeatReply reply = beat(1, stat(REGION, role, 1));
      assertThat(reply.leases()).isEmpty();
      assertThat(reply.instructions())
          .singleElement()
          .isInstanceOf(RegionInstruction.OpenRegion.class);
    }
  }

  @Test
  void aRegionThatItsLeaderLostIsOpenedUnderANewEpoch() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(beat(1, stat(REGION, RegionRole.LEADER, 1)).leases()).hasSize(1);
    assertThat(beat(1).instructions())
        .singleElement()
        .isInstanceOfSatisfying(
            RegionInstruction.OpenRegion.class,
            open -> {
              assertThat(open.epoch()).isEqualTo(new RegionEpoch(2));
              assertThat(open.spec().table().name().table()).isEqualTo("cpu");
            });
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(2));
    beat(1);
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(2));
  }

  @Test
  void aReportThatComesLateIsNotActedUpon() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(beat(1, stat(REGION, RegionRole.LEADER, 1)).leases()).hasSize(1);
    sequence -= 2;
    HeartbeatReply late = beat(1);
    assertThat(late.leases()).isEmpty();
    assertThat(late.instructions()).isEmpty();
    assertThat(cluster.route(REGION).epoch()).isEqualTo(RegionEpoch.FIRST);
  }

  @Test
  void aLeaseNamesTheEpochAndTheDuration() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    assertThat(beat(1, stat(REGION, RegionRole.LEADER, 1)).leases())
        .containsExactly(new RegionLease(REGION, RegionEpoch.FIRST, LEASE));
    assertThat(beat(1, stat(REGION, RegionRole.LEADER, 9)).leases()).isEmpty();
  }

  @Test
  void theClusterViewShowsEveryRoleAndWhoIsAlive() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 2));
    cluster.await(
        cluster
            .metasrv()
            .heartbeat(new Heartbeat(info(5, NodeRole.FRONTEND, Instant.EPOCH), 1, List.of())));
    cluster.run(Duration.ofSeconds(4));
    cluster.datanodes.kill(3);
    cluster.run(Duration.ofSeconds(12));
    ClusterView view = cluster.await(cluster.metasrv().cluster());
    assertThat(view.nodes())
        .extracting(
            status -> status.info().role() + " " + status.info().id() + " " + status.alive())
        .containsExactly(
            "METASRV 0 true",
            "DATANODE 1 true",
            "DATANODE 2 true",
            "DATANODE 3 false",
            "FRONTEND 5 false");
    assertThat(view.nodes()).extracting(NodeStatus::leaderRegions).containsExactly(0, 1, 1, 0, 0);
    assertThat(view.leaderStats()).containsOnlyKeys(REGION, new RegionId(REGION.value() + 1));
  }

  private HeartbeatReply beat(long node, RegionStat... stats) {
    Instant life =
        cluster.await(cluster.metasrv().cluster()).nodes().stream()
            .filter(status -> status.info().role() == NodeRole.DATANODE)
            .filter(status -> status.info().id().value() == node)
            .findFirst()
            .orElseThrow()
            .info()
            .startedAt();
    NodeInfo info = info(node, NodeRole.DATANODE, life);
    return cluster.await(
        cluster.metasrv().heartbeat(new Heartbeat(info, ++sequence, List.of(stats))));
  }

  private static NodeInfo info(long node, NodeRole role, Instant startedAt) {
    return new NodeInfo(new NodeId(node), role, "a", "h", "0.1.0", "abc", 1, 1, startedAt);
  }

  private static RegionStat stat(RegionId region, RegionRole role, long epoch) {
    return new RegionStat(
        region, new RegionEpoch(epoch), role, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
