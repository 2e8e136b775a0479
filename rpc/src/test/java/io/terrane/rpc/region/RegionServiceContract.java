package io.terrane.rpc.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.Loopback;
import io.terrane.rpc.wire.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller sees of a {@link RegionService}, whether it is near or far. */
abstract class RegionServiceContract {

  final FakeRegions regions = new FakeRegions();
  final Loopback loopback = new Loopback();

  abstract RegionService service();

  @AfterEach
  void everythingIsReleased() throws Exception {
    loopback.close();
  }

  @Test
  void aScanGivesItsBatchesInOrder() {
    List<Long> numbers = new ArrayList<>();
    try (BatchStream stream = scan()) {
      assertThat(stream.schema()).isEqualTo(FakeRegions.NUMBERS);
      while (stream.advance(batch -> collect(batch, numbers))) {
        // the sink collects
      }
      assertThat(stream.advance(batch -> numbers.add(-1L))).isFalse();
    }
    assertThat(numbers).containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
    assertThat(regions.seen).containsExactly("scan 1024.1 " + Samples.EPOCH + " " + Samples.SCAN);
  }

  @Test
  void aScanThatHasEndedTellsWhatItRead() {
    try (BatchStream stream = scan()) {
      while (stream.advance(batch -> {})) {
        // to its end
      }
      assertThat(stream.traffic()).isEqualTo(FakeRegions.TRAFFIC);
    }
  }

  @Test
  void aScanWithoutColumnsCountsRows() {
    regions.schema = new Schema(List.of());
    List<Integer> counts = new ArrayList<>();
    try (BatchStream stream = scan()) {
      while (stream.advance(batch -> counts.add(batch.getRowCount()))) {
        // the sink counts
      }
    }
    assertThat(counts).containsExactly(100, 100, 100);
  }

  @Test
  void anEmptyScanHasItsSchema() {
    regions.batches = 0;
    try (BatchStream stream = scan()) {
      assertThat(stream.schema()).isEqualTo(FakeRegions.NUMBERS);
      assertThat(stream.advance(batch -> {})).isFalse();
    }
  }

  @Test
  void aRefusedScanSaysWhyAndSinceWhen() {
    regions.scanFailure = TerraneException.regionNotLeader("1024.1 moved", new RouteVersion(8));
    assertThatThrownBy(
            () -> {
              try (BatchStream stream = scan()) {
                stream.advance(batch -> {});
              }
            })
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.REGION_NOT_LEADER);
              assertThat(error).hasMessage("1024.1 moved");
              assertThat(error.routeVersion()).contains(new RouteVersion(8));
            });
  }

  @Test
  void aScanThatFailsOnTheWaySaysWhy() {
    regions.laterScanFailure = new TerraneException(ErrorCode.CORRUPTED, "block 7 is damaged");
    List<Long> numbers = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (BatchStream stream = scan()) {
                while (stream.advance(batch -> collect(batch, numbers))) {
                  // the sink collects
                }
              }
            })
        .isInstanceOfSatisfying(
            TerraneException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.CORRUPTED);
              assertThat(error).hasMessage("block 7 is damaged");
            });
    assertThat(numbers).hasSize(100);
  }

  @Test
  void closingEarlyStopsTheScan() throws Exception {
    regions.batches = 1_000_000;
    regions.batchRows = 10_000;
    BatchStream stream = scan();
    assertThat(stream.advance(batch -> {})).isTrue();
    stream.close();
    stream.close();
    assertThat(regions.scanClosed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(regions.batchesLent.get()).isLessThan(1_000_000);
  }

  @Test
  void aWriteCarriesItsRowsAndTellsHowManyChanged() {
    assertThat(write(1_000, WriteMode.UPSERT).join()).isEqualTo(new AffectedRows(1_000));
    assertThat(regions.writtenValues).hasSize(1_000).startsWith(0L, 1L, 2L).endsWith(999L);
    assertThat(regions.seen).containsExactly("write 1024.1 5 " + new WriteId(-3, 4) + " UPSERT");
  }

  @Test
  void aWriteOfNoRowsIsAWrite() {
    assertThat(write(0, WriteMode.DELETE).join()).isEqualTo(new AffectedRows(0));
  }

  @Test
  void everyErrorOfAWriteComesBackAsItself() {
    for (ErrorCode code : ErrorCode.values()) {
      regions.writeAnswer =
          CompletableFuture.failedFuture(new TerraneException(code, "because 'x' of " + code));
      assertThatThrownBy(() -> write(1, WriteMode.INSERT_UNIQUE).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              TerraneException.class,
              error -> {
                assertThat(error.code()).isEqualTo(code);
                assertThat(error).hasMessage("because 'x' of " + code);
              });
    }
  }

  @Test
  void everyInstructionArrivesAndEveryReplyComesBack() {
    for (RegionInstruction instruction : Samples.INSTRUCTIONS) {
      assertThat(service().instruct(instruction).join()).isEqualTo(new InstructionReply.Done());
      assertThat(regions.seen).last().isEqualTo("instruct " + instruction);
    }
    for (InstructionReply reply : Samples.REPLIES) {
      regions.reply = CompletableFuture.completedFuture(reply);
      assertThat(service().instruct(Samples.INSTRUCTIONS.get(4)).join()).isEqualTo(reply);
    }
  }

  BatchStream scan() {
    return service().scan(Samples.REGION, Samples.EPOCH, Samples.SCAN, loopback.allocator());
  }

  CompletableFuture<AffectedRows> write(int rows, WriteMode mode) {
    VectorSchemaRoot root = VectorSchemaRoot.create(FakeRegions.NUMBERS, loopback.allocator());
    BigIntVector numbers = (BigIntVector) root.getVector(0);
    for (int i = 0; i < rows; i++) {
      numbers.setSafe(i, i);
    }
    root.setRowCount(rows);
    return service()
        .write(new RegionWrite(Samples.REGION, Samples.EPOCH, 0, new WriteId(-3, 4), mode, root))
        .whenComplete((affected, failure) -> root.close());
  }

  private static void collect(VectorSchemaRoot batch, List<Long> numbers) {
    BigIntVector vector = (BigIntVector) batch.getVector(0);
    for (int i = 0; i < batch.getRowCount(); i++) {
      numbers.add(vector.get(i));
    }
  }
}
