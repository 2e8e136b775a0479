package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration is cancelled, or only looked at. */
class CancelTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.afterEachTick(
        () ->
            assertThat(cluster.datanodes.writableLeaders(REGION))
                .as("leaders that acknowledge")
                .hasSizeLessThanOrEqualTo(1));
  }

  /** The instruction that never comes back is the one that is cancelled. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        RegionInstruction.OpenCandidate.class,
        RegionInstruction.FlushRegion.class,
        RegionInstruction.ReplayProgress.class,
        RegionInstruction.UpgradeRegion.class
      })
  void upToTheSwitchTheOldLeaderStays(Class<? extends RegionInstruction> stuck) {
    int node = stuck == RegionInstruction.FlushRegion.class ? 1 : 2;
    cluster.datanodes.fault(node, stuck, Fault.SILENT, 2);
    ProcedureId id = submit();
    cluster.run(Duration.ofMillis(700));
    assertThat(find(id).status()).isEqualTo(ProcedureStatus.RUNNING);

    ProcedureInfo cancelled = cluster.await(cluster.metasrv().cancel(id, "ann@h"));
    assertThat(cancelled.step()).isIn("Abandon", "Restore");
    ProcedureInfo end = cluster.end(id);
    cluster.run(Duration.ofSeconds(5));

    assertThat(end.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(end.errorCode()).contains(ErrorCode.PROCEDURE_CANCELLED);
    assertThat(end.error()).contains("cancelled by ann@h");
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
    assertThat(cluster.route(REGION).state()).isEqualTo(LeaderState.ALIVE);
    assertThat(cluster.datanodes.writableLeaders(REGION)).hasSize(1);
  }

  @Test
  void betweenTwoTriesItIsCancelledAtOnce() {
    cluster.datanodes.fault(2, RegionInstruction.OpenCandidate.class, Fault.TIMED_OUT, 1_000);
    ProcedureId id = submit();
    cluster.run(Duration.ofSeconds(5));
    CompletableFuture<ProcedureInfo> cancelled = cluster.metasrv().cancel(id, "ann@h");
    cluster.run(Duration.ofMillis(20));
    assertThat(cancelled).isCompleted();
  }

  @Test
  void behindTheSwitchItIsTooLate() {
    cluster.datanodes.fault(1, RegionInstruction.CloseRegion.class, Fault.SILENT, 1);
    ProcedureId id = submit();
    while (!find(id).step().equals("CloseOldLeader")) {
      cluster.run(Duration.ofMillis(10));
    }
    assertRefused(id, ErrorCode.PROCEDURE_NOT_CANCELLABLE, "cannot go back from CloseOldLeader");
    assertThat(cluster.end(id).status()).isEqualTo(ProcedureStatus.DONE);
    assertRefused(id, ErrorCode.PROCEDURE_NOT_CANCELLABLE, "has ended DONE");
    assertRefused(new ProcedureId(new UUID(9, 9)), ErrorCode.PROCEDURE_NOT_FOUND, "not found");
  }

  @Test
  void whatIsExplainedIsNotDone() {
    MigrationPlan good = explain(1, 2);
    assertThat(good.isPossible()).isTrue();
    assertThat(good.leaseWait()).isZero();
    MigrationPlan bad = explain(2, 7);
    assertThat(bad.isPossible()).isFalse();
    assertThat(bad.checks())
        .filteredOn(check -> check.problem().isPresent())
        .extracting(MigrationPlan.Check::name)
        .containsExactly("to_peer is known", "to_peer is alive", "from_peer leads");
    assertThat(cluster.await(cluster.metasrv().list())).hasSize(1);
  }

  private MigrationPlan explain(long from, long to) {
    return cluster.await(cluster.metasrv().explain(request(from, to)));
  }

  private ProcedureId submit() {
    return cluster.await(cluster.metasrv().submit(request(1, 2), "move"));
  }

  private static ProcedureRequest.MigrateRegion request(long from, long to) {
    return new ProcedureRequest.MigrateRegion(
        REGION, new NodeId(from), new NodeId(to), Duration.ofSeconds(60));
  }

  private ProcedureInfo find(ProcedureId id) {
    return cluster.await(cluster.metasrv().find(id)).orElseThrow();
  }

  private void assertRefused(ProcedureId id, ErrorCode code, String message) {
    assertThatThrownBy(() -> cluster.await(cluster.metasrv().cancel(id, "ann@h")))
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(TerraneException.of(failure).code()).isEqualTo(code));
  }
}
