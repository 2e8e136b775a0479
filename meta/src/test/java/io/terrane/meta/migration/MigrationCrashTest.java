package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.testing.CrashEveryStep;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationCrashTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private static final ProcedureRequest MOVE =
      new ProcedureRequest.MigrateRegion(
          REGION, new NodeId(1), new NodeId(2), Duration.ofSeconds(60));

  @Test
  void theRegionArrives() {
    CrashEveryStep.verify(
        cluster -> cluster.execute(SimulatedMetasrv.createTable("cpu", 1)),
        MOVE,
        (cluster, info) -> {
          assertThat(info.error()).isEmpty();
          assertThat(info.status()).isEqualTo(ProcedureStatus.DONE);
          assertLedBy(cluster, 2);
        });
  }

  @Test
  void theRegionLeavesADatanodeThatIsDead() {
    CrashEveryStep.verify(
        cluster -> {
          cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
          cluster.run(Duration.ofSeconds(3));
          cluster.datanodes.kill(1);
          cluster.run(Duration.ofSeconds(8));
        },
        MOVE,
        (cluster, info) -> {
          assertThat(info.status()).isEqualTo(ProcedureStatus.DONE);
          assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(2));
          assertThat(cluster.route(REGION).state()).isEqualTo(LeaderState.ALIVE);
        });
  }

  @Test
  void theRegionComesBackWhenTheTargetCannotTakeOver() {
    CrashEveryStep.verify(
        cluster -> {
          cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
          cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, Fault.TIMED_OUT, 1_000);
        },
        MOVE,
        (cluster, info) -> {
          assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
          assertThat(info.error().orElseThrow()).contains("could not be taken over");
          assertLedBy(cluster, 1);
        });
  }

  @Test
  void theRegionStaysWhenTheTargetCannotOpenIt() {
    CrashEveryStep.verify(
        cluster -> {
          cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
          cluster.datanodes.fault(
              2, RegionInstruction.OpenCandidate.class, Fault.UNREACHABLE, 1_000);
        },
        MOVE,
        (cluster, info) -> {
          assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
          assertLedBy(cluster, 1);
        });
  }

  private static void assertLedBy(SimulatedMetasrv cluster, long node) {
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(node));
    assertThat(cluster.route(REGION).state()).isEqualTo(LeaderState.ALIVE);
    assertThat(cluster.datanodes.writableLeaders(REGION)).isEqualTo(List.of(new NodeId(node)));
    for (long other = 1; other <= 3; other++) {
      if (other != node) {
        assertThat(cluster.datanodes.node(other).regions()).isEmpty();
      }
    }
  }
}
