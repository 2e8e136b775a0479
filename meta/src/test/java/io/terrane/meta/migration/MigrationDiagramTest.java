package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Walks the arrows of the diagram in {@link RegionMigration}, as the log has them. */
class MigrationDiagramTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @Test
  void theUpperLine() {
    assertThat(walk())
        .containsExactly(
            "RUNNING OpenCandidate",
            "RUNNING FlushLeader",
            "RUNNING CatchUp",
            "RUNNING DowngradeLeader",
            "RUNNING UpgradeCandidate",
            "RUNNING CloseOldLeader",
            "DONE CloseOldLeader");
  }

  @Test
  void fromOpenCandidateToAbandon() {
    cluster.datanodes.fault(2, RegionInstruction.OpenCandidate.class, Fault.UNREACHABLE, 1_000);
    assertThat(walk())
        .containsExactly("RUNNING OpenCandidate", "ROLLING_BACK Abandon", "FAILED Abandon");
  }

  @Test
  void fromCatchUpToAbandon() {
    cluster.datanodes.node(2).lagBehind(1_000);
    assertThat(walk())
        .containsExactly(
            "RUNNING OpenCandidate",
            "RUNNING FlushLeader",
            "RUNNING CatchUp",
            "ROLLING_BACK Abandon",
            "FAILED Abandon");
  }

  @Test
  void fromUpgradeCandidateToRestore() {
    cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, Fault.TIMED_OUT, 2);
    assertThat(walk())
        .containsExactly(
            "RUNNING OpenCandidate",
            "RUNNING FlushLeader",
            "RUNNING CatchUp",
            "RUNNING DowngradeLeader",
            "RUNNING UpgradeCandidate",
            "ROLLING_BACK Restore",
            "FAILED Restore");
  }

  private List<String> walk() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    ProcedureId id =
        cluster.await(
            cluster
                .metasrv()
                .submit(
                    new ProcedureRequest.MigrateRegion(
                        REGION, new NodeId(1), new NodeId(2), Duration.ofSeconds(30)),
                    "key"));
    cluster.end(id);
    return cluster.storedStates(id);
  }
}
