package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.WriteStall;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a migration tells, while it runs, when it has ended, and on the next metasrv. */
class MigrationReportsTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private static final NodeInfo FRONTEND =
      new NodeInfo(
          new NodeId(4002),
          NodeRole.FRONTEND,
          "f:1",
          "f",
          "0.1.0",
          "abc",
          4,
          1L << 33,
          Instant.EPOCH);

  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);
  private long sequence;

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
  }

  @Test
  void aMoveTellsWhoAskedAndWhatEachStepTook() {
    ProcedureId id = move(1, 2);
    ProcedureInfo info = cluster.end(id);
    MigrationInfo move = info.migration().orElseThrow();

    assertThat(move.region()).isEqualTo(REGION);
    assertThat(move.table()).hasToString("public.cpu");
    assertThat(move.from()).isEqualTo(new NodeId(1));
    assertThat(move.to()).isEqualTo(new NodeId(2));
    assertThat(move.reason()).isEqualTo(MigrationReason.MANUAL);
    assertThat(move.askedBy()).isEqualTo("ann@localhost");
    assertThat(move.steps())
        .extracting(MigrationStep::name)
        .containsExactly(
            "OpenCandidate",
            "FlushLeader",
            "CatchUp",
            "DowngradeLeader",
            "UpgradeCandidate",
            "CloseOldLeader");
    assertThat(move.steps().get(0).startedAt()).isEqualTo(info.startedAt());
    assertThat(move.steps().get(5).endedAt()).isEqualTo(info.endedAt());
    for (int i = 1; i < move.steps().size(); i++) {
      assertThat(move.steps().get(i - 1).endedAt()).contains(move.steps().get(i).startedAt());
    }
    assertThat(move.openedPosition()).isNotNegative();
    assertThat(move.replayedPosition()).isGreaterThanOrEqualTo(move.openedPosition());
    assertThat(move.work().usefulBytes()).isPositive().isLessThan(move.work().readBytes());
    assertThat(move.retries()).isZero();
    assertThat(move.stall()).isEmpty();

    cluster.crash();
    cluster.restart();
    assertThat(find(id).migration()).contains(move);
  }

  @Test
  void aMoveThatFailedTellsItsTriesAndTheLastError() {
    cluster.datanodes.fault(2, RegionInstruction.OpenCandidate.class, Fault.TIMED_OUT, 1_000);
    ProcedureInfo info = cluster.end(move(1, 2));

    assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
    MigrationInfo move = info.migration().orElseThrow();
    assertThat(move.retries()).isPositive();
    assertThat(move.lastError()).isPresent();
    assertThat(move.steps()).extracting(MigrationStep::name).contains("Abandon");
  }

  @Test
  void stallsOfFrontendsAreStoredWithTheMoveTheyWereHeldFor() {
    ProcedureId first = move(1, 2);
    cluster.end(first);
    ProcedureId second = move(2, 3);
    report(2, 40, 2);
    cluster.end(second);
    report(2, 90, 1);
    report(3, 70, 5);
    report(17, 1_000, 1);
    cluster.run(Duration.ofSeconds(1));
    report(18, 1_000, 1);
    cluster.run(Duration.ofSeconds(1));
    cluster.crash();
    cluster.restart();

    assertThat(find(first).migration().orElseThrow().stall()).contains(Duration.ofMillis(90));
    assertThat(find(first).migration().orElseThrow().heldWrites()).isEqualTo(3);
    assertThat(find(second).migration().orElseThrow().stall()).contains(Duration.ofMillis(70));
    assertThat(find(second).migration().orElseThrow().heldWrites()).isEqualTo(5);
    assertThat(find(first).status()).isEqualTo(ProcedureStatus.DONE);
  }

  @Test
  void aMoveThatWasGivenUpHoldsNoStallsBack() {
    cluster.datanodes.node(2).lagBehind(1_000);
    assertThat(cluster.end(move(1, 2)).step()).isEqualTo("Abandon");
    ProcedureId second = move(1, 3);
    cluster.end(second);
    report(2, 40, 2);
    cluster.run(Duration.ofSeconds(1));

    assertThat(find(second).migration().orElseThrow().stall()).contains(Duration.ofMillis(40));
  }

  @Test
  void otherProceduresAreNoMigrations() {
    assertThat(cluster.await(cluster.metasrv().list()))
        .allMatch(info -> info.migration().isEmpty())
        .noneMatch(info -> info.errorCode().filter(ErrorCode.CORRUPTED::equals).isPresent());
  }

  private ProcedureId move(long from, long to) {
    return cluster.await(
        cluster
            .metasrv()
            .submit(
                new ProcedureRequest.MigrateRegion(
                    REGION,
                    new NodeId(from),
                    new NodeId(to),
                    Duration.ofSeconds(60),
                    MigrationReason.MANUAL,
                    "ann@localhost"),
                "move-" + from + "-" + to));
  }

  private ProcedureInfo find(ProcedureId id) {
    return cluster.await(cluster.metasrv().find(id)).orElseThrow();
  }

  private void report(long epoch, long millis, long writes) {
    WriteStall stall =
        new WriteStall(REGION, new RegionEpoch(epoch), Duration.ofMillis(millis), writes);
    cluster.await(
        cluster
            .metasrv()
            .heartbeat(new Heartbeat(FRONTEND, ++sequence, List.of(), List.of(stall))));
  }
}
