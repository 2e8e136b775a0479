package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves that are verified, and moves with a budget for the time that writes are held. */
class MigrationOptionsTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private static final MigrationOptions VERIFIED = new MigrationOptions(Optional.empty(), true);
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
  }

  @Test
  void bothSidesAgree() {
    ProcedureInfo end = move(VERIFIED);
    assertThat(end.status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(end.migration().orElseThrow().verification().orElseThrow())
        .startsWith("equal: 7 rows");
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(2));
  }

  @Test
  void whereTheyDifferTheOldLeaderGoesOn() {
    cluster.datanodes.node(2).holdRows(6);
    ProcedureInfo end = move(VERIFIED);
    assertThat(end.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(end.errorCode()).contains(ErrorCode.VERIFICATION_FAILED);
    assertThat(end.error().orElseThrow()).contains("datanode 1 holds 7 rows", "datanode 2 6");
    cluster.run(Duration.ofSeconds(5));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void anOldLeaderThatDiesIsNotComparedWith() {
    cluster.datanodes.fault(1, RegionInstruction.ChecksumRegion.class, Fault.DIES_BEFORE, 1);
    ProcedureInfo end = move(VERIFIED);
    assertThat(end.status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(end.migration().orElseThrow().verification().orElseThrow())
        .startsWith("not compared");
  }

  @Test
  void aMoveThatWouldHoldWritesForTooLongIsGivenUpAtTheTimeout() {
    cluster.datanodes.node(2).lagBehind(200);
    ProcedureInfo end = move(new MigrationOptions(Optional.of(Duration.ofMillis(19)), false));
    assertThat(end.errorCode()).contains(ErrorCode.TIMED_OUT);
    assertThat(end.error().orElseThrow()).contains("over the budget of 19 ms");
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
  }

  @Test
  void withinTheBudgetItGoesOn() {
    cluster.datanodes.node(2).lagBehind(200);
    ProcedureInfo end = move(new MigrationOptions(Optional.of(Duration.ofMillis(500)), false));
    assertThat(end.status()).isEqualTo(ProcedureStatus.DONE);
  }

  private ProcedureInfo move(MigrationOptions options) {
    return cluster.end(
        cluster.await(
            cluster
                .metasrv()
                .submit(
                    new ProcedureRequest.MigrateRegion(
                        REGION,
                        new NodeId(1),
                        new NodeId(2),
                        Duration.ofSeconds(30),
                        MigrationReason.MANUAL,
                        "ann@h",
                        options),
                    "move")));
  }
}
