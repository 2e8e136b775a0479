package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.compaction.CompactionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Regions whose files are merged show what they showed before. */
class CompactionTest {
  private static final long HOUR = 3_600_000;

  private static DatanodeConfig config(CompactionConfig compaction, int batchRows) {
    DatanodeConfig d = DatanodeFixture.config(1);
    return new DatanodeConfig(
        d.nodeId(),
        d.writeBufferBytes(),
        d.regionFlushBytes(),
        d.walRecordBytesMax(),
        d.groupRowsMax(),
        batchRows,
        d.scanBatchRows(),
        d.regionMailboxWritesMax(),
        d.rememberedWritesMax(),
        d.cacheBytes(),
        d.cachedFooters(),
        d.decodedCacheBytes(),
        d.cache(),
        d.candidateBytesMax(),
        d.manifestCheckpointEvery(),
        compaction,
        d.heartbeatInterval(),
        d.leaseWait(),
        d.writeStallMax(),
        d.retryDelay(),
        d.obsoleteFileGrace(),
        d.rememberedWritesAge(),
        d.walTailRecordsMax(),
        d.walTailAgeMax());
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static void flush(DatanodeFixture fixture, Datanode node, RegionSpec spec) {
    fixture.lease(node, spec, 1);
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
  }

  private static void compact(DatanodeFixture fixture, Datanode node, RegionSpec spec) {
    fixture.lease(node, spec, 1);
    fixture.instruct(node, new RegionInstruction.CompactRegion(spec.region()));
  }

  private static RegionStat stat(Datanode node) {
    return node.stats().get(0);
  }

  @Test
  void aFileIsMadeForEachWindowOfTime() {
    RegionSpec spec =
        TestTables.spec(TestTables.series(Map.of("compaction.twcs.time_window", "1h")));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      List<List<Object>> rows = new ArrayList<>();
      for (long hour = 0; hour < 3; hour++) {
        for (long minute = 0; minute < 60; minute++) {
          rows.add(row(minute, "a", hour * HOUR + minute * 60_000));
        }
      }
      fixture.upsert(node, spec, 1, rows);
      flush(fixture, node, spec);
      assertThat(stat(node).sstCount()).isEqualTo(1);
      compact(fixture, node, spec);
      assertThat(stat(node).sstCount()).isEqualTo(3);
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows);
      compact(fixture, node, spec);
      assertThat(stat(node).sstCount()).isEqualTo(3);
    }
  }

  @Test
  void mergedFilesEndAtTheirSize() {
    RegionSpec spec = TestTables.spec(TestTables.keyed());
    CompactionConfig small = new CompactionConfig(2, 4, 4_000, 1, 1_000_000, Duration.ofMinutes(1));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(config(small, 100));
      fixture.create(node, spec);
      Random random = new Random(7);
      TreeMap<Long, Long> model = new TreeMap<>();
      for (int flush = 0; flush < 9; flush++) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          long key = random.nextInt(3_000);
          long value = random.nextLong();
          model.put(key, value);
          rows.add(row(key, value));
        }
        fixture.lease(node, spec, 1);
        fixture.upsert(node, spec, 1, rows);
        flush(fixture, node, spec);
      }
      compact(fixture, node, spec);
      assertThat(stat(node).sstCount()).isGreaterThan(3);
      assertThat(stat(node).rows()).isEqualTo(model.size());
      List<List<Object>> expected = new ArrayList<>();
      model.forEach((key, value) -> expected.add(row(key, value)));
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(expected);
      assertThat(node.counters().writeAmplification()).isGreaterThan(1.5);
      long jobs = node.counters().jobs();
      compact(fixture, node, spec);
      assertThat(node.counters().jobs()).isEqualTo(jobs);
    }
  }

  @Test
  void deletesGoOnceNothingLiesBelow() {
    RegionSpec spec = TestTables.spec(TestTables.keyed());
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      fixture.upsert(node, spec, 1, List.of(row(1L, 10L), row(2L, 20L)));
      flush(fixture, node, spec);
      fixture.get(
          fixture.write(node, spec, 1, WriteMode.DELETE, List.of(row(1L), row(2L), row(3L))));
      flush(fixture, node, spec);
      assertThat(fixture.scan(node, spec, 1)).isEmpty();
      compact(fixture, node, spec);
      assertThat(stat(node).sstCount()).isZero();
      assertThat(fixture.scan(node, spec, 1)).isEmpty();
    }
  }

  @Test
  void rowsOutOfTheirTimeAreNotShownAndThenGone() {
    RegionSpec spec = TestTables.spec(TestTables.series(Map.of("ttl", "2h")));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      long now = fixture.scheduler.instant().toEpochMilli();
      List<List<Object>> rows =
          List.of(
              row(1L, "a", now - 3 * HOUR),
              row(2L, "a", now - HOUR - HOUR / 2),
              row(3L, "a", now - HOUR / 2));
      fixture.upsert(node, spec, 1, rows);
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows.subList(1, 3));
      flush(fixture, node, spec);
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows.subList(1, 3));
      fixture.scheduler.runFor(Duration.ofHours(1));
      fixture.lease(node, spec, 1);
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows.subList(2, 3));
      assertThat(stat(node).sstCount()).isEqualTo(1);
      try (CompactionSchedule schedule =
          new CompactionSchedule(node, DatanodeFixture.config(1), fixture.scheduler)) {
        schedule.start();
        fixture.scheduler.runFor(Duration.ofHours(1));
        assertThat(stat(node).sstCount()).isZero();
        assertThat(node.counters().expiredFiles()).isEqualTo(1);
        assertThat(node.counters().readBytes()).isZero();
      }
    }
  }

  @Test
  void aRegionThatClosesGivesUpItsCompaction() {
    RegionSpec spec = TestTables.spec(TestTables.keyed());
    CompactionConfig slow = new CompactionConfig(2, 4, 1 << 20, 1, 1, Duration.ofMinutes(1));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(config(slow, 10));
      fixture.create(node, spec);
      for (int flush = 0; flush < 3; flush++) {
        List<List<Object>> rows = new ArrayList<>();
        for (long key = 0; key < 3_000; key++) {
          rows.add(row(key, (long) flush));
        }
        fixture.upsert(node, spec, 1, rows);
        fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
      }
      node.instruct(new RegionInstruction.CompactRegion(spec.region()));
      fixture.scheduler.runUntilIdle();
      fixture.stop(node);
      Datanode other = fixture.datanode(2);
      fixture.open(other, spec, 2);
      assertThat(other.stats().get(0).sstCount()).isEqualTo(3);
      assertThat(fixture.scan(other, spec, 2)).hasSize(3_000);
    }
  }

  /** (host, ts, a, b) under {@code last_non_null} against a map that merges the same way. */
  @Test
  void versionsAreMergedColumnByColumn() {
    RegionSpec spec =
        TestTables.spec(
            TestTables.table(
                List.of(
                    TestTables.column(1, "host", DataType.STRING, SemanticType.TAG),
                    TestTables.column(2, "ts", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP),
                    TestTables.column(3, "a", DataType.INT64, SemanticType.FIELD),
                    TestTables.column(4, "b", DataType.STRING, SemanticType.FIELD)),
                List.of("host"),
                Optional.of("ts"),
                Map.of("merge_mode", "last_non_null", "compaction.twcs.time_window", "1h")));
    long seed = 20261125;
    Random random = new Random(seed);
    CompactionConfig small = new CompactionConfig(2, 3, 1_500, 1, 0, Duration.ofMinutes(1));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(config(small, 7));
      fixture.create(node, spec);
      TreeMap<String, List<Object>> model = new TreeMap<>();
      for (int step = 0; step < 400; step++) {
        fixture.lease(node, spec, 1);
        int dice = random.nextInt(10);
        if (dice < 7) {
          upsert(fixture, node, spec, random, model);
        } else if (dice < 8) {
          delete(fixture, node, spec, random, model);
        } else if (dice < 9) {
          flush(fixture, node, spec);
        } else if (random.nextInt(4) == 0) {
          compact(fixture, node, spec);
        } else {
          node.compactSoon();
          fixture.scheduler.runUntilIdle();
        }
        assertThat(fixture.scan(node, spec, 1))
            .as("seed %s, step %s", seed, step)
            .isEqualTo(List.copyOf(model.values()));
      }
      assertThat(node.counters().jobs()).isPositive();
    }
  }

  private static void upsert(
      DatanodeFixture fixture,
      Datanode node,
      RegionSpec spec,
      Random random,
      TreeMap<String, List<Object>> model) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(6); i++) {
      Object number = random.nextBoolean() ? random.nextLong(100) : null;
      Object text = random.nextBoolean() ? "t" + random.nextInt(100) : null;
      List<Object> row = row("h" + random.nextInt(3), random.nextInt(4) * HOUR, number, text);
      rows.add(row);
      model.merge(
          key(row),
          row,
          (older, newer) ->
              row(
                  newer.get(0),
                  newer.get(1),
                  newer.get(2) == null ? older.get(2) : newer.get(2),
                  newer.get(3) == null ? older.get(3) : newer.get(3)));
    }
    fixture.upsert(node, spec, 1, rows);
  }

  private static void delete(
      DatanodeFixture fixture,
      Datanode node,
      RegionSpec spec,
      Random random,
      TreeMap<String, List<Object>> model) {
    List<Object> key = row("h" + random.nextInt(3), random.nextInt(4) * HOUR);
    model.remove(key(key));
    fixture.get(fixture.write(node, spec, 1, WriteMode.DELETE, List.of(key)));
  }

  private static String key(List<Object> row) {
    return row.get(0) + "@" + String.format("%012d", (Long) row.get(1));
  }
}
