package io.terrane.datanode.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.TestTables;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.scan.MergeCursor.Tombstones;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompactionPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final long HOUR = 3_600;

  private final CompactionPlanner planner =
      new CompactionPlanner(new CompactionConfig(4, 8, 1_000, 1, 0, Duration.ofMinutes(1)));
  private final RegionSchema series = new RegionSchema(TestTables.series(Map.of()));
  private final RegionSchema keyed = new RegionSchema(TestTables.keyed());

  /** A file with rows of all hosts between two seconds; the number gives age and name. */
  private static SstMeta file(int number, long size, long fromSecond, long toSecond) {
    DataType millis = DataType.TIMESTAMP_MILLIS;
    Datum from = new Datum(millis, fromSecond * 1000);
    Datum to = new Datum(millis, toSecond * 1000);
    return new SstMeta(
        new SstId("f" + number),
        size,
        100,
        0,
        number * 100L,
        number * 100L + 99,
        size - 10,
        0,
        List.of(Datum.of("a"), from),
        List.of(Datum.of("z"), to),
        0,
        Optional.of(new TimeRange(from, to)));
  }

  private static SstMeta keyedFile(int number, long size, long firstKey, long lastKey, long dead) {
    return new SstMeta(
        new SstId("f" + number),
        size,
        100,
        dead,
        number * 100L,
        number * 100L + 99,
        size - 10,
        0,
        List.of(Datum.of(firstKey)),
        List.of(Datum.of(lastKey)),
        0,
        Optional.empty());
  }

  private Optional<CompactionJob> automatic(RegionSchema schema, List<SstMeta> files) {
    return planner.planAutomatic(schema, files, NOW);
  }

  @Test
  void filesOfLikeSizeInOneWindowAreMerged() {
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.add(file(i, 100, 10 * HOUR, 10 * HOUR + 600));
      files.add(file(10 + i, 100, 20 * HOUR, 20 * HOUR + 600));
    }
    assertThat(automatic(series, files)).isEmpty();
    files.add(file(3, 100, 10 * HOUR, 10 * HOUR + 600));
    CompactionJob job = automatic(series, files).orElseThrow();
    assertThat(job.windowSeconds()).isEqualTo(HOUR);
    assertThat(job.inputs())
        .extracting(file -> file.id().name())
        .containsOnly("f0", "f1", "f2", "f3");
  }

  @Test
  void aLargeOldRunIsLeftAlone() {
    List<SstMeta> files = new ArrayList<>();
    files.add(keyedFile(1, 100_000, 0, 9, 0));
    for (int i = 2; i < 6; i++) {
      files.add(keyedFile(i, 100, 0, 9, 0));
    }
    assertThat(automatic(keyed, files).orElseThrow().inputs()).hasSize(4);
  }

  @Test
  void filesThatFollowEachOtherAreOneRun() {
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      files.add(keyedFile(i, 1_000, i * 10L, i * 10L + 9, 0));
    }
    assertThat(automatic(keyed, files)).isEmpty();
    assertThat(planner.planAsked(keyed, files, NOW)).isEmpty();
  }

  @Test
  void smallFilesThatFollowEachOtherAreMerged() {
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(keyedFile(i, 10, i * 10L, i * 10L + 9, 0));
    }
    assertThat(automatic(keyed, files).orElseThrow().runs()).hasSize(4);
  }

  @Test
  void aDeleteStaysWhileAnOlderRowOfItsKeyMayLieElsewhere() {
    List<SstMeta> files = new ArrayList<>();
    files.add(keyedFile(1, 100_000, 0, 5, 0));
    for (int i = 2; i < 6; i++) {
      files.add(keyedFile(i, 100, 4, 9, i == 3 ? 1 : 0));
    }
    assertThat(automatic(keyed, files).orElseThrow().tombstones()).isEqualTo(Tombstones.KEPT);
    files.set(0, keyedFile(1, 100_000, 0, 3, 0));
    assertThat(automatic(keyed, files).orElseThrow().tombstones()).isEqualTo(Tombstones.DROPPED);
  }

  @Test
  void filesOutOfTheirTimeAreDroppedUnread() {
    RegionSchema day = new RegionSchema(TestTables.series(Map.of("ttl", "1d")));
    long today = NOW.getEpochSecond();
    SstMeta old = file(1, 100, today - 40 * HOUR, today - 25 * HOUR);
    SstMeta halfOld = file(2, 100, today - 25 * HOUR, today - 23 * HOUR);
    CompactionJob job = automatic(day, List.of(old, halfOld)).orElseThrow();
    assertThat(job.expired()).containsExactly(old);
    assertThat(job.runs()).isEmpty();
    assertThat(automatic(day, List.of(halfOld))).isEmpty();
    assertThat(automatic(series, List.of(old, halfOld))).isEmpty();
  }

  @Test
  void theTableMaySayHowLongAWindowIs() {
    RegionSchema days =
        new RegionSchema(TestTables.series(Map.of("compaction.twcs.time_window", "1d")));
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(file(i, 100, (i + 1) * HOUR, (i + 1) * HOUR + 60));
    }
    assertThat(automatic(days, files).orElseThrow().windowSeconds()).isEqualTo(24 * HOUR);
    assertThat(automatic(series, files)).isEmpty();
  }

  @Test
  void noJobReadsMoreRunsThanAllowed() {
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      files.add(keyedFile(i, 100, 0, 9, 0));
    }
    assertThat(automatic(keyed, files).orElseThrow().runs()).hasSize(8);
    assertThat(planner.planAsked(keyed, files, NOW).orElseThrow().runs()).hasSize(8);
  }

  @Test
  void tooManyRunsAreMergedWhateverTheirSizes() {
    List<SstMeta> files = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      files.add(keyedFile(i, 10L << (3 * (9 - i)), 0, 9, 0));
    }
    assertThat(automatic(keyed, files)).isPresent();
    assertThat(automatic(keyed, files.subList(0, 8))).isEmpty();
  }
}
