package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.WriteMode;
import io.terrane.datanode.DyingPlace.Last;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A datanode dies at every single call of the log and the bucket that a region's life makes:
 * creation, writes, flushes, merges, checkpoints of the manifest, truncation, garbage. Whoever
 * opens the region next finds what was acknowledged, of what was not either all or nothing, goes
 * on, and leaves no file behind.
 */
class CrashEveryStepTest {
  private static final ObjectKey DATA = ObjectKey.of("regions", "1024", "0", "data");

  private final RegionSpec spec = TestTables.spec(TestTables.keyed());

  /** One step of the life: what to ask for, and what the rows are afterwards. */
  private record Step(String name, Action action, Map<Long, Long> rows) {}

  @FunctionalInterface
  private interface Action {
    CompletableFuture<?> on(DatanodeFixture fixture, Datanode node);
  }

  /** Writes, flushes, merges twice, truncates, and collects what was left. */
  private List<Step> life() {
    List<Step> steps = new ArrayList<>();
    TreeMap<Long, Long> rows = new TreeMap<>();
    steps.add(
        new Step(
            "create",
            (fixture, node) ->
                node.instruct(new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST)),
            Map.of()));
    for (long round = 0; round < 2; round++) {
      for (long flush = 0; flush < 3; flush++) {
        write(steps, rows, Map.of(flush, round, 10 * round + flush + 10, flush + 7));
        steps.add(instruct("flush", new RegionInstruction.FlushRegion(spec.region()), rows));
      }
      delete(steps, rows, 1L);
      steps.add(instruct("flush", new RegionInstruction.FlushRegion(spec.region()), rows));
      steps.add(instruct("compact", new RegionInstruction.CompactRegion(spec.region()), rows));
      steps.add(collect(rows));
    }
    rows.clear();
    steps.add(
        instruct(
            "truncate",
            new RegionInstruction.TruncateRegion(spec.region(), RegionEpoch.FIRST),
            rows));
    write(steps, rows, Map.of(100L, 1L));
    steps.add(instruct("flush", new RegionInstruction.FlushRegion(spec.region()), rows));
    steps.add(collect(rows));
    return steps;
  }

  private void write(List<Step> steps, TreeMap<Long, Long> rows, Map<Long, Long> written) {
    rows.putAll(written);
    List<List<Object>> batch = new ArrayList<>();
    new TreeMap<>(written).forEach((key, value) -> batch.add(List.of(key, value)));
    steps.add(
        new Step(
            "write " + written,
            (fixture, node) -> fixture.write(node, spec, 1, WriteMode.UPSERT, batch),
            new TreeMap<>(rows)));
  }

  private void delete(List<Step> steps, TreeMap<Long, Long> rows, long key) {
    rows.remove(key);
    steps.add(
        new Step(
            "delete " + key,
            (fixture, node) ->
                fixture.write(node, spec, 1, WriteMode.DELETE, List.of(List.of(key))),
            new TreeMap<>(rows)));
  }

  private static Step instruct(
      String name, RegionInstruction instruction, TreeMap<Long, Long> rows) {
    return new Step(name, (fixture, node) -> node.instruct(instruction), new TreeMap<>(rows));
  }

  /** Twice with the grace between: the first look only notes what is superfluous. */
  private Step collect(TreeMap<Long, Long> rows) {
    RegionInstruction collect = new RegionInstruction.CollectGarbage(spec.region(), false);
    return new Step(
        "gc",
        (fixture, node) -> {
          fixture.get(node.instruct(collect));
          fixture.scheduler.runFor(DatanodeFixture.config(1).obsoleteFileGrace().plusSeconds(1));
          fixture.lease(node, spec, 1);
          return node.instruct(collect);
        },
        new TreeMap<>(rows));
  }

  @ParameterizedTest
  @EnumSource(Last.class)
  void nothingAcknowledgedIsLostWhereverItDies(Last last) {
    DyingPlace whole = new DyingPlace(Long.MAX_VALUE, last);
    live(whole);
    assertThat(whole.calls()).isGreaterThan(60);
    for (long call = 1; call <= whole.calls(); call++) {
      live(new DyingPlace(call, last));
    }
  }

  private void live(DyingPlace place) {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node =
          fixture.datanode(config(1), place.before(fixture.log), place.before(fixture.store));
      Map<Long, Long> before = Map.of();
      boolean created = false;
      for (Step step : life()) {
        try {
          fixture.lease(node, spec, 1);
          fixture.get(step.action().on(fixture, node));
        } catch (CompletionException | TerraneException died) {
          assertThat(place.isDead()).as(step.name() + ": " + died).isTrue();
          reopen(fixture, node, created, List.of(before, step.rows()), step.name(), place);
          return;
        }
        created = true;
        before = step.rows();
      }
      reopen(fixture, node, true, List.of(before), "end", place);
    }
  }

  /** Somebody else leads the region now; the dead process is gone from memory. */
  private void reopen(
      DatanodeFixture fixture,
      Datanode dead,
      boolean created,
      List<Map<Long, Long>> possible,
      String step,
      DyingPlace place) {
    String where = "died at call " + place.calls() + " in step " + step;
    fixture.stop(dead);
    Datanode next = fixture.datanode(config(2));
    if (created) {
      fixture.open(next, spec, 2);
    } else {
      fixture.instruct(next, new RegionInstruction.CreateRegion(spec, new RegionEpoch(2)));
      fixture.lease(next, spec, 2);
    }
    assertThat(possible).as(where).contains(rows(fixture, next));
    goOn(fixture, next, where);
  }

  private void goOn(DatanodeFixture fixture, Datanode node, String where) {
    Map<Long, Long> rows = rows(fixture, node);
    fixture.upsert(node, spec, 2, List.of(List.of(55L, 5L)));
    rows.put(55L, 5L);
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    fixture.instruct(node, new RegionInstruction.CompactRegion(spec.region()));
    RegionInstruction collect = new RegionInstruction.CollectGarbage(spec.region(), false);
    fixture.instruct(node, collect);
    fixture.scheduler.runFor(DatanodeFixture.config(1).obsoleteFileGrace().plusSeconds(1));
    fixture.lease(node, spec, 2);
    InstructionReply swept = fixture.instruct(node, collect);
    assertThat(((InstructionReply.Swept) swept).waiting()).as(where).isZero();
    assertThat(rows(fixture, node)).as(where).isEqualTo(rows);
    List<ObjectInfo> left = fixture.store.list(DATA).join();
    assertThat(left).as(where).hasSize((int) node.stats().get(0).sstCount());
    fixture.stop(node);
    Datanode last = fixture.datanode(config(3));
    fixture.open(last, spec, 3);
    assertThat(rows(fixture, last)).as(where).isEqualTo(rows);
  }

  private Map<Long, Long> rows(DatanodeFixture fixture, Datanode node) {
    long epoch = node.stats().get(0).epoch().value();
    TreeMap<Long, Long> rows = new TreeMap<>();
    fixture.scan(node, spec, epoch).forEach(row -> rows.put((Long) row.get(0), (Long) row.get(1)));
    return rows;
  }

  /** A checkpoint at every second edit, so that the life crosses many. */
  private static DatanodeConfig config(long node) {
    DatanodeConfig d = DatanodeFixture.config(node);
    return new DatanodeConfig(
        d.nodeId(),
        d.writeBufferBytes(),
        d.regionFlushBytes(),
        d.walRecordBytesMax(),
        d.groupRowsMax(),
        d.sstBatchRows(),
        d.scanBatchRows(),
        d.regionMailboxWritesMax(),
        d.rememberedWritesMax(),
        d.cacheBytes(),
        d.cachedFooters(),
        d.decodedCacheBytes(),
        d.cache(),
        d.candidateBytesMax(),
        2,
        d.compaction(),
        d.heartbeatInterval(),
        d.leaseWait(),
        d.writeStallMax(),
        d.retryDelay(),
        d.obsoleteFileGrace(),
        d.rememberedWritesAge(),
        d.walTailRecordsMax(),
        d.walTailAgeMax());
  }
}
