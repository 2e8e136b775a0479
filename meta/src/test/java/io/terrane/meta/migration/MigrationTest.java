package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableName;
import io.terrane.meta.testing.RecordingDatanodes.Fault;
import io.terrane.meta.testing.SimulatedMetasrv;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {
  private static final RegionId REGION = new RegionId(4398046511104L);
  private final SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);
  private final List<Integer> writableCounts = new ArrayList<>();

  @BeforeEach
  void createTheTable() {
    cluster.execute(SimulatedMetasrv.createTable("cpu", 1));
    cluster.afterEachTick(
        () -> {
          int writable = cluster.datanodes.writableLeaders(REGION).size();
          assertThat(writable).as("leaders that acknowledge").isLessThanOrEqualTo(1);
          writableCounts.add(writable);
        });
  }

  @Test
  void aPlainMoveWalksTheUpperLineOfTheDiagram() {
    ProcedureInfo moved = move(1, 2);
    assertDone(moved, 2, 2);
    assertThat(cluster.datanodes.trace())
        .containsSubsequence(
            "2: OpenCandidate 1024.0",
            "1: FlushRegion 1024.0",
            "2: ReplayProgress 1024.0",
            "2: ClaimManifest 1024.0",
            "1: DowngradeRegion 1024.0",
            "2: UpgradeRegion 1024.0",
            "1: CloseRegion 1024.0");
    assertThat(moved.step()).isEqualTo("CloseOldLeader");
    assertThat(moved.catalogVersion()).isEqualTo(cluster.metasrv().snapshot().version());
    assertThat(moved.type()).isEqualTo("metasrv-procedure::RegionMigration");
    assertThat(moved.lockKeys())
        .containsExactly(
            "database public:read", "region 4398046511104:write", "table public.cpu:read");
  }

  @Test
  void theWriteHoldOfAPlainMoveIsAFewRoundTrips() {
    writableCounts.clear();
    assertDone(move(1, 2), 2, 2);
    // Ticks of 10 ms; instructions take 2 ms, the log answers at once.
    assertThat(writableCounts.stream().filter(count -> count == 0).count()).isLessThanOrEqualTo(2);
  }

  @Test
  void itMovesToAndFro() {
    assertDone(move(1, 2), 2, 2);
    assertDone(move(2, 3), 3, 3);
    assertDone(move(3, 1), 1, 4);
  }

  @Test
  void aFailedFlushIsNoObstacle() {
    cluster.datanodes.fault(1, RegionInstruction.FlushRegion.class, Fault.TIMED_OUT, 1);
    assertDone(move(1, 2), 2, 2);
  }

  @Test
  void aCandidateThatIsTooSlowIsAbandonedWhileTheLeaderNeverStopped() {
    cluster.datanodes.node(2).lagBehind(1_000);
    cluster.run(Duration.ofSeconds(4));
    writableCounts.clear();
    ProcedureInfo moved = move(1, 2);
    assertFailed(moved, ErrorCode.TIMED_OUT, 1, 1);
    assertThat(moved.error().orElseThrow())
        .contains("could not catch up on datanode 2 within 60000 ms", "1000 records");
    assertThat(moved.step()).isEqualTo("Abandon");
    assertThat(writableCounts).containsOnly(1);
    assertThat(cluster.datanodes.trace()).noneMatch(line -> line.contains("Downgrade"));
  }

  @Test
  void aLeaderThatDidNotFlushIsAskedAgainWhileTheCandidateLags() {
    cluster.datanodes.fault(1, RegionInstruction.FlushRegion.class, Fault.TIMED_OUT, 1);
    cluster.datanodes.node(2).lagBehind(1_000);
    move(1, 2);
    assertThat(cluster.datanodes.trace().stream().filter("1: FlushRegion 1024.0"::equals).count())
        .as("flushes in 60 s of catching up, and the first")
        .isBetween(5L, 8L);
  }

  @Test
  void aCandidateThatCannotTakeOverInTimeGivesTheRegionBackUnderAHigherEpoch() {
    cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, Fault.TIMED_OUT, 2);
    ProcedureInfo moved = move(1, 2);
    assertFailed(moved, ErrorCode.TIMED_OUT, 1, 3);
    assertThat(moved.step()).isEqualTo("Restore");
  }

  @Test
  void anUnreachableLeaderIsWaitedForUntilItsLeaseHasRunOut() {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, Fault.UNREACHABLE, 1_000);
    long began = cluster.scheduler.nanos();
    assertDone(move(1, 2), 2, 2);
    Duration took = Duration.ofNanos(cluster.scheduler.nanos() - began);
    assertThat(took).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(12));
    cluster.run(Duration.ofSeconds(5));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
  }

  @Test
  void aLeaderThatIsLongDeadIsLeftAndWhatIsWaitedForIsShown() {
    cluster.run(Duration.ofSeconds(3));
    cluster.datanodes.kill(1);
    cluster.run(Duration.ofMillis(5_500));
    ProcedureId id = submit(1, 2);
    runUntilStep(id, "DowngradeLeader");
    cluster.run(Duration.ofMillis(20));
    ProcedureInfo waiting = cluster.await(cluster.metasrv().find(id)).orElseThrow();
    assertThat(waiting.status()).isEqualTo(ProcedureStatus.RETRYING);
    assertThat(waiting.error().orElseThrow())
        .matches("datanode 1 does not stop, its lease runs out in \\d+ ms: .*");
    assertDone(cluster.end(id), 2, 2);
  }

  @Test
  void aLeaderThatNeverAnswersIsNoObstacleEither() {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, Fault.SILENT, 1_000);
    assertDone(move(1, 2), 2, 2);
  }

  @Test
  void aLeaderWhoseConfirmationIsLostIsAskedAgain() {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, Fault.ANSWER_LOST, 1);
    long began = cluster.scheduler.nanos();
    assertDone(move(1, 2), 2, 2);
    assertThat(Duration.ofNanos(cluster.scheduler.nanos() - began))
        .isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
  void aSourceThatDiesWhenItIsToStopIsReplaced(Fault death) {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, death, 1);
    assertDone(move(1, 2), 2, 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
  void aSourceThatDiesWhenItFlushesIsReplaced(Fault death) {
    cluster.datanodes.fault(1, RegionInstruction.FlushRegion.class, death, 1);
    assertDone(move(1, 2), 2, 2);
  }

  @Test
  void aSourceThatRestartsWhileItIsToStopDoesNotGetTheRegionBack() {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, Fault.DIES_BEFORE, 1);
    ProcedureId id = submit(1, 2);
    runUntilStep(id, "DowngradeLeader");
    cluster.run(Duration.ofMillis(500));
    cluster.datanodes.start(1);
    assertDone(cluster.end(id), 2, 2);
    cluster.run(Duration.ofSeconds(20));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
  void aTargetThatDiesWhenItOpensIsAbandoned(Fault death) {
    cluster.datanodes.fault(2, RegionInstruction.OpenCandidate.class, death, 1);
    assertFailed(move(1, 2), ErrorCode.NODE_UNREACHABLE, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {RegionInstruction.OpenCandidate.class, RegionInstruction.ReplayProgress.class})
  void aTargetThatNeverAnswersIsAbandonedWhenItsTimeIsOver(
      Class<? extends RegionInstruction> instruction) {
    cluster.datanodes.fault(2, instruction, Fault.SILENT, 1_000);
    long began = cluster.scheduler.nanos();
    assertFailed(move(1, 2), ErrorCode.TIMED_OUT, 1, 1);
    assertThat(Duration.ofNanos(cluster.scheduler.nanos() - began))
        .isLessThan(Duration.ofSeconds(60 + 15));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
  void aTargetThatDiesWhileItCatchesUpIsAbandoned(Fault death) {
    cluster.datanodes.fault(2, RegionInstruction.ReplayProgress.class, death, 1);
    long began = cluster.scheduler.nanos();
    ProcedureInfo moved = move(1, 2);
    if (death == Fault.DIES_BEFORE) {
      assertFailed(moved, ErrorCode.NODE_UNREACHABLE, 1, 1);
    } else {
      assertThat(moved.status()).isEqualTo(ProcedureStatus.FAILED);
      assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
    }
    assertThat(Duration.ofNanos(cluster.scheduler.nanos() - began))
        .isLessThan(Duration.ofSeconds(25));
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
  void aTargetThatDiesWhenItTakesOverGivesTheRegionBack(Fault death) {
    cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, death, 1);
    ProcedureInfo moved = move(1, 2);
    assertFailed(moved, ErrorCode.NODE_UNREACHABLE, 1, 3);
  }

  @Test
  void whenBothDieTheRegionIsTheSourcesAgainAndReopensWithIt() {
    cluster.datanodes.fault(1, RegionInstruction.DowngradeRegion.class, Fault.DIES_AFTER, 1);
    cluster.datanodes.fault(2, RegionInstruction.UpgradeRegion.class, Fault.DIES_AFTER, 1);
    ProcedureInfo moved = move(1, 2);
    assertThat(moved.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(1));
    assertThat(cluster.route(REGION).state()).isEqualTo(LeaderState.ALIVE);
    cluster.datanodes.start(1);
    cluster.run(Duration.ofSeconds(20));
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(1));
  }

  @Test
  void anOldLeaderThatDoesNotCloseIsToldSoByItsNextHeartbeat() {
    cluster.datanodes.fault(1, RegionInstruction.CloseRegion.class, Fault.UNREACHABLE, 1);
    assertDone(move(1, 2), 2, 2);
    cluster.run(Duration.ofSeconds(4));
    assertThat(cluster.datanodes.node(1).regions()).isEmpty();
  }

  @Test
  void twoRegionsOfATableMoveAtTheSameTime() {
    cluster.execute(SimulatedMetasrv.createTable("wide", 3));
    List<ProcedureId> ids = new ArrayList<>();
    List<RegionRoute> routes =
        cluster
            .metasrv()
            .snapshot()
            .findTable(new TableName("public", "wide"))
            .flatMap(table -> cluster.metasrv().snapshot().findRoute(table.id()))
            .orElseThrow()
            .regions();
    for (RegionRoute route : routes) {
      long from = route.leader().value();
      ids.add(
          cluster.await(
              cluster
                  .metasrv()
                  .submit(request(route.region(), from, from % 3 + 1), "k" + route.region())));
    }
    ids.forEach(id -> assertThat(cluster.end(id).status()).isEqualTo(ProcedureStatus.DONE));
  }

  @Test
  void aDropWaitsForTheMove() {
    ProcedureId move = submit(1, 2);
    ProcedureId drop =
        cluster.await(
            cluster
                .metasrv()
                .submit(
                    new ProcedureRequest.DropTable(new TableName("public", "CPU"), false), "d"));
    assertThat(cluster.end(drop).status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(cluster.end(move).status()).isEqualTo(ProcedureStatus.DONE);
    assertThat(cluster.end(move).endedAt().orElseThrow())
        .isBeforeOrEqualTo(cluster.end(drop).endedAt().orElseThrow());
    for (long node = 1; node <= 3; node++) {
      assertThat(cluster.datanodes.node(node).regions()).isEmpty();
    }
  }

  private ProcedureInfo move(long from, long to) {
    ProcedureInfo info = cluster.end(submit(from, to));
    cluster.run(Duration.ofMillis(50));
    return info;
  }

  private ProcedureId submit(long from, long to) {
    return cluster.await(
        cluster.metasrv().submit(request(REGION, from, to), "move-" + from + "-" + to));
  }

  private static ProcedureRequest request(RegionId region, long from, long to) {
    return new ProcedureRequest.MigrateRegion(
        region, new NodeId(from), new NodeId(to), Duration.ofSeconds(60));
  }

  private void runUntilStep(ProcedureId id, String step) {
    for (int i = 0; i < 10_000; i++) {
      if (cluster.await(cluster.metasrv().find(id)).orElseThrow().step().equals(step)) {
        return;
      }
      cluster.run(Duration.ofMillis(10));
    }
    throw new AssertionError("never came to " + step);
  }

  private void assertDone(ProcedureInfo info, long leader, long epoch) {
    assertThat(info.error()).isEmpty();
    assertThat(info.status()).isEqualTo(ProcedureStatus.DONE);
    assertLedBy(leader, epoch);
  }

  private void assertFailed(ProcedureInfo info, ErrorCode code, long leader, long epoch) {
    assertThat(info.status()).isEqualTo(ProcedureStatus.FAILED);
    assertThat(info.errorCode()).contains(code);
    assertLedBy(leader, epoch);
  }

  private void assertLedBy(long leader, long epoch) {
    assertThat(cluster.route(REGION).leader()).isEqualTo(new NodeId(leader));
    assertThat(cluster.route(REGION).epoch()).isEqualTo(new RegionEpoch(epoch));
    assertThat(cluster.route(REGION).state()).isEqualTo(LeaderState.ALIVE);
    assertThat(cluster.datanodes.writableLeaders(REGION)).containsExactly(new NodeId(leader));
  }
}
