package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatanodeTest {
  private final DatanodeFixture fixture = new DatanodeFixture();
  private final RegionSpec keyed = TestTables.spec(TestTables.keyed());

  @AfterEach
  void closeAll() {
    fixture.close();
  }

  private static List<Object> row(Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  @Test
  void rowsAreReadBackFromMemoryFileAndLog() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.upsert(node, keyed, 1, List.of(row(3L, 30L), row(1L, 10L), row(3L, 33L)));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(1L, 10L), row(3L, 33L));

    InstructionReply flushed =
        fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    assertThat(flushed).isEqualTo(new InstructionReply.Flushed(3, 2));
    fixture.upsert(node, keyed, 1, List.of(row(2L, 20L), row(1L, 11L)));
    assertThat(fixture.scan(node, keyed, 1))
        .containsExactly(row(1L, 11L), row(2L, 20L), row(3L, 33L));
    fixture.stop(node);

    Datanode other = fixture.datanode(2);
    fixture.open(other, keyed, 2);
    assertThat(fixture.scan(other, keyed, 2))
        .containsExactly(row(1L, 11L), row(2L, 20L), row(3L, 33L));
  }

  @Test
  void deletedRowsStayAwayAlsoAfterFlushAndCompaction() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.upsert(node, keyed, 1, List.of(row(1L, 10L), row(2L, 20L)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    fixture.get(fixture.write(node, keyed, 1, WriteMode.DELETE, List.of(row(1L))));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(2L, 20L));
    fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(2L, 20L));
    fixture.instruct(node, new RegionInstruction.CompactRegion(keyed.region()));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(2L, 20L));
    assertThat(node.stats().get(0).sstCount()).isEqualTo(1);
    assertThat(node.stats().get(0).rows()).isEqualTo(1);
  }

  @Test
  void aTableWithoutKeyKeepsEqualRowsAndDeletesByRowId() {
    RegionSpec keyless = TestTables.spec(TestTables.keyless());
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyless);
    fixture.upsert(node, keyless, 1, List.of(row(7L), row(7L), row(8L)));
    List<List<Object>> ids =
        fixture.scan(node, keyless, 1, List.of("value", "__row_id"), Optional.empty());
    assertThat(ids).containsExactly(row(7L, 1L), row(7L, 2L), row(8L, 3L));
    fixture.get(fixture.write(node, keyless, 1, WriteMode.DELETE, List.of(row(2L))));
    assertThat(fixture.scan(node, keyless, 1)).containsExactly(row(7L), row(8L));
  }

  @Test
  void anAppendOnlyTableKeepsAllRowsAndRefusesDeletes() {
    RegionSpec series = TestTables.spec(TestTables.series(Map.of("append_mode", "true")));
    Datanode node = fixture.datanode(1);
    fixture.create(node, series);
    fixture.upsert(node, series, 1, List.of(row(1L, "a", 5L), row(2L, "a", 5L)));
    fixture.upsert(node, series, 1, List.of(row(3L, "a", 5L)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(series.region()));
    assertThat(fixture.scan(node, series, 1))
        .containsExactlyInAnyOrder(row(1L, "a", 5L), row(2L, "a", 5L), row(3L, "a", 5L));
    assertThatThrownBy(
            () ->
                fixture.get(
                    fixture.write(node, series, 1, WriteMode.DELETE, List.of(row("a", 5L)))))
        .satisfies(e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void uniqueInsertsSeeMemoryAndFiles() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.get(fixture.write(node, keyed, 1, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L))));
    refused(node, List.of(row(2L, 2L), row(1L, 5L)), "Duplicate entry '1' for key 't.PRIMARY'");
    refused(node, List.of(row(3L, 2L), row(3L, 5L)), "Duplicate entry '3' for key 't.PRIMARY'");
    fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    refused(node, List.of(row(1L, 5L)), "Duplicate entry '1' for key 't.PRIMARY'");
    fixture.get(fixture.write(node, keyed, 1, WriteMode.DELETE, List.of(row(1L))));
    fixture.get(fixture.write(node, keyed, 1, WriteMode.INSERT_UNIQUE, List.of(row(1L, 9L))));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(1L, 9L));
  }

  private void refused(Datanode node, List<List<Object>> rows, String message) {
    assertThatThrownBy(
            () -> fixture.get(fixture.write(node, keyed, 1, WriteMode.INSERT_UNIQUE, rows)))
        .hasRootCauseMessage(message);
  }

  @Test
  void aWriteThatIsSentTwiceHasOneEffect() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    WriteId id = fixture.newId();
    CompletableFuture<?> first =
        fixture.write(node, keyed, 1, id, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L)));
    CompletableFuture<?> second =
        fixture.write(node, keyed, 1, id, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L)));
    assertThat(fixture.get(first)).isEqualTo(fixture.get(second));
    fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    fixture.stop(node);
    Datanode other = fixture.datanode(2);
    fixture.open(other, keyed, 2);
    assertThat(
            fixture
                .get(
                    fixture.write(
                        other, keyed, 2, id, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L))))
                .count())
        .isEqualTo(1);
    assertThat(fixture.scan(other, keyed, 2)).hasSize(1);
  }

  @Test
  void truncatedRowsDoNotComeBack() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.upsert(node, keyed, 1, List.of(row(1L, 1L)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(keyed.region()));
    fixture.upsert(node, keyed, 1, List.of(row(2L, 2L)));
    fixture.instruct(node, new RegionInstruction.TruncateRegion(keyed.region(), RegionEpoch.FIRST));
    assertThat(fixture.scan(node, keyed, 1)).isEmpty();
    fixture.upsert(node, keyed, 1, List.of(row(3L, 3L)));
    fixture.stop(node);
    Datanode other = fixture.datanode(2);
    fixture.open(other, keyed, 2);
    assertThat(fixture.scan(other, keyed, 2)).containsExactly(row(3L, 3L));
  }

  @Test
  void theChecksumIsOfTheRowsAndNotOfWhereTheyLie() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.upsert(node, keyed, 1, List.of(row(1L, 1L), row(2L, 2L)));
    fixture.upsert(node, keyed, 1, List.of(row(1L, 3L)));
    RegionInstruction sum = new RegionInstruction.ChecksumRegion(keyed.region());
    InstructionReply.Checksum before = (InstructionReply.Checksum) fixture.get(node.instruct(sum));
    assertThat(before.rows()).isEqualTo(2);
    fixture.get(node.instruct(new RegionInstruction.FlushRegion(keyed.region())));
    InstructionReply.Checksum flushed = (InstructionReply.Checksum) fixture.get(node.instruct(sum));
    assertThat(flushed.checksum()).isEqualTo(before.checksum());
    fixture.upsert(node, keyed, 1, List.of(row(1L, 4L)));
    InstructionReply.Checksum changed = (InstructionReply.Checksum) fixture.get(node.instruct(sum));
    assertThat(changed.rows()).isEqualTo(2);
    assertThat(changed.checksum()).isNotEqualTo(before.checksum());
  }

  @Test
  void withoutLeaseReadsAreAnsweredAndWritesAreNot() {
    Datanode node = fixture.datanode(1);
    fixture.create(node, keyed);
    fixture.upsert(node, keyed, 1, List.of(row(1L, 1L)));
    fixture.scheduler.runFor(DatanodeFixture.LEASE.plusMillis(1));
    assertThatThrownBy(() -> fixture.upsert(node, keyed, 1, List.of(row(2L, 2L))))
        .satisfies(
            e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_NOT_LEADER));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(1L, 1L));
  }

  @Test
  void anAnswerOfTheLogAfterTheLeaseIsNoAcknowledgement() {
    HostileLog slow = new HostileLog(fixture.log, fixture.scheduler, new Random(1), 0);
    Datanode node = fixture.datanode(DatanodeFixture.config(1), slow);
    fixture.create(node, keyed);
    slow.answerAfter(DatanodeFixture.LEASE.plusSeconds(1));
    WriteId id = fixture.newId();
    CompletableFuture<?> write =
        fixture.write(node, keyed, 1, id, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L)));
    fixture.scheduler.runFor(DatanodeFixture.LEASE.plusSeconds(2));
    assertThatThrownBy(write::join)
        .satisfies(
            e ->
                assertThat(TerraneException.of(e).code())
                    .isEqualTo(ErrorCode.WRITE_OUTCOME_UNKNOWN));
    assertThat(fixture.scan(node, keyed, 1)).isEmpty();
    slow.answerAfter(Duration.ZERO);
    fixture.lease(node, keyed, 1);
    fixture.get(fixture.write(node, keyed, 1, id, WriteMode.INSERT_UNIQUE, List.of(row(1L, 1L))));
    assertThat(fixture.scan(node, keyed, 1)).containsExactly(row(1L, 1L));
  }

  @Test
  void aRegionClosesWhileWritesInDoubtAreSettled() {
    HostileLog slow = new HostileLog(fixture.log, fixture.scheduler, new Random(1), 0);
    Datanode node = fixture.datanode(DatanodeFixture.config(1), slow);
    fixture.create(node, keyed);
    slow.answerAfter(DatanodeFixture.LEASE.plusSeconds(1));
    fixture.write(node, keyed, 1, WriteMode.UPSERT, List.of(row(1L, 1L)));
    fixture.scheduler.runFor(DatanodeFixture.LEASE.plusSeconds(2));
    slow.answerAfter(Duration.ofSeconds(1));
    fixture.lease(node, keyed, 1);
    CompletableFuture<?> second =
        fixture.write(node, keyed, 1, WriteMode.UPSERT, List.of(row(2L, 2L)));
    fixture.scheduler.runFor(
        Duration.ofMillis(500)); // the fence is written, its answer is not here
    CompletableFuture<InstructionReply> close =
        node.instruct(new RegionInstruction.CloseRegion(keyed.region()));
    fixture.scheduler.runFor(Duration.ofSeconds(5));
    assertThat(second).isCompletedExceptionally();
    assertThat(close).isCompletedWithValue(new InstructionReply.Done());
  }

  @Test
  void anUpgradeThatCannotReadThatFarChangesNothing() {
    Datanode from = fixture.datanode(1);
    Datanode to = fixture.datanode(2);
    fixture.create(from, keyed);
    fixture.upsert(from, keyed, 1, List.of(row(1L, 1L)));
    fixture.instruct(to, new RegionInstruction.OpenCandidate(keyed, 0));
    fixture.instruct(
        from, new RegionInstruction.DowngradeRegion(keyed.region(), RegionEpoch.FIRST));
    CompletableFuture<InstructionReply> upgrade =
        to.instruct(
            new RegionInstruction.UpgradeRegion(
                keyed.region(), new RegionEpoch(2), 1_000, Duration.ofSeconds(2)));
    fixture.scheduler.runFor(Duration.ofSeconds(3));
    assertThatThrownBy(upgrade::join)
        .satisfies(e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.TIMED_OUT));
    fixture.instruct(to, new RegionInstruction.CloseRegion(keyed.region()));
    fixture.instruct(
        from,
        new RegionInstruction.UpgradeRegion(
            keyed.region(), new RegionEpoch(3), -1, Duration.ofSeconds(2)));
    fixture.lease(from, keyed, 3);
    fixture.upsert(from, keyed, 3, List.of(row(2L, 2L)));
    assertThat(fixture.scan(from, keyed, 3)).containsExactly(row(1L, 1L), row(2L, 2L));
  }

  @Test
  void aWriteToANewLeaderWaitsForTheLease() {
    Datanode node = fixture.datanode(1);
    fixture.instruct(node, new RegionInstruction.CreateRegion(keyed, RegionEpoch.FIRST));
    CompletableFuture<?> write =
        fixture.write(node, keyed, 1, WriteMode.UPSERT, List.of(row(1L, 1L)));
    fixture.scheduler.runFor(Duration.ofMillis(100));
    assertThat(write).isNotDone();
    fixture.lease(node, keyed, 1);
    assertThat(write).isCompleted();
  }

  @Test
  void aRegionMovesWhileItIsWritten() {
    Datanode from = fixture.datanode(1);
    Datanode to = fixture.datanode(2);
    fixture.create(from, keyed);
    fixture.upsert(from, keyed, 1, List.of(row(1L, 1L)));
    fixture.instruct(to, new RegionInstruction.OpenCandidate(keyed, 0));
    fixture.upsert(from, keyed, 1, List.of(row(2L, 2L)));
    fixture.instruct(from, new RegionInstruction.FlushRegion(keyed.region()));
    fixture.upsert(from, keyed, 1, List.of(row(3L, 3L)));
    InstructionReply.Downgraded downgraded =
        (InstructionReply.Downgraded)
            fixture.instruct(
                from, new RegionInstruction.DowngradeRegion(keyed.region(), RegionEpoch.FIRST));
    assertThatThrownBy(() -> fixture.upsert(from, keyed, 1, List.of(row(9L, 9L))))
        .satisfies(
            e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_NOT_LEADER));
    assertThatThrownBy(() -> fixture.scan(from, keyed, 1))
        .as("the target may have taken writes already")
        .satisfies(
            e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_NOT_LEADER));
    RegionInstruction upgrade =
        new RegionInstruction.UpgradeRegion(
            keyed.region(), new RegionEpoch(2), downgraded.lastPosition(), Duration.ofSeconds(5));
    fixture.instruct(to, upgrade);
    fixture.instruct(to, upgrade);
    fixture.lease(to, keyed, 2);
    assertThat(fixture.scan(to, keyed, 2)).containsExactly(row(1L, 1L), row(2L, 2L), row(3L, 3L));
    fixture.upsert(to, keyed, 2, List.of(row(4L, 4L)));
    fixture.instruct(from, new RegionInstruction.CloseRegion(keyed.region()));
    assertThat(fixture.scan(to, keyed, 2)).hasSize(4);
  }
}
