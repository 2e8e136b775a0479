package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.WriteMode;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is bounded stays bounded: memory, queues, files. */
class LimitsTest {
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());

  /** The defaults with small memories. */
  private static DatanodeConfig small(long node, long bufferBytes, long flushBytes) {
    DatanodeConfig d = DatanodeFixture.config(node);
    return new DatanodeConfig(
        d.nodeId(),
        bufferBytes,
        flushBytes,
        d.walRecordBytesMax(),
        d.groupRowsMax(),
        d.sstBatchRows(),
        d.scanBatchRows(),
        3,
        d.rememberedWritesMax(),
        d.cacheBytes(),
        d.cachedFooters(),
        d.decodedCacheBytes(),
        d.cache(),
        64 << 10,
        d.manifestCheckpointEvery(),
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

  private static List<List<Object>> rows(long from, int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (long key = from; key < from + count; key++) {
      rows.add(Arrays.asList(key, key));
    }
    return rows;
  }

  @Test
  void memtablesAreFlushedBeforeTheyGrowLarge() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(small(1, 1 << 20, 128 << 10));
      fixture.create(node, spec);
      for (int i = 0; i < 60; i++) {
        fixture.lease(node, spec, 1);
        fixture.upsert(node, spec, 1, rows(i * 1000L, 1000));
        assertThat(node.stats().get(0).memtableBytes()).isLessThan(512 << 10);
      }
      RegionStat stat = node.stats().get(0);
      assertThat(stat.sstCount()).isBetween(1L, 10L);
      assertThat(stat.rows()).isEqualTo(60_000);
      assertThat(fixture.scan(node, spec, 1)).hasSize(60_000);
    }
  }

  @Test
  void withoutABucketWritersWaitAndAreThenToldToComeBack() {
    Random random = new Random(1);
    HostileStore store = new HostileStore(new InMemoryObjectStore(Runnable::run), random, 0);
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      Datanode node = fixture.datanode(small(1, 256 << 10, 64 << 10));
      fixture.create(node, spec);
      store.fail(true);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  fixture.lease(node, spec, 1);
                  fixture.upsert(node, spec, 1, rows(i * 1000L, 1000));
                }
              })
          .satisfies(
              e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_BUSY));
      assertThat(node.stats().get(0).memtableBytes()).isLessThan(512 << 10);
      store.fail(false);
      fixture.lease(node, spec, 1);
      CompletableFuture<?> waiting =
          fixture.write(node, spec, 1, WriteMode.UPSERT, rows(500_000, 1));
      assertThat(fixture.get(waiting)).isNotNull();
    }
  }

  @Test
  void oneHotRegionDoesNotStopTheOthers() {
    HostileStore store = new HostileStore(new InMemoryObjectStore(Runnable::run), new Random(1), 0);
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      Datanode node = fixture.datanode(small(1, 1 << 20, 64 << 10));
      RegionSpec other =
          new RegionSpec(RegionId.of(spec.table().id(), 1), spec.table(), spec.walTopic());
      fixture.create(node, spec);
      fixture.create(node, other);
      store.fail(true); // so that nothing can be flushed
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  fixture.lease(node, spec, 1);
                  fixture.upsert(node, spec, 1, rows(i * 1000L, 1000));
                }
              })
          .satisfies(
              e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_BUSY));
      for (int i = 0; i < 10; i++) {
        fixture.lease(node, other, 1);
        CompletableFuture<?> write =
            fixture.write(node, other, 1, WriteMode.UPSERT, rows(i * 10L, 10));
        fixture.scheduler.runUntilIdle();
        assertThat(write).as("no waiting").isCompleted();
      }
      store.fail(false);
    }
  }

  @Test
  void writersThatWaitForMemoryGoOnWheneverThereIsSome() {
    HostileStore store = new HostileStore(new InMemoryObjectStore(Runnable::run), new Random(1), 0);
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      Datanode node = fixture.datanode(small(1, 256 << 10, 64 << 10));
      fixture.create(node, spec);
      for (long round = 0; round < 4; round++) {
        store.fail(true);
        CompletableFuture<?> write = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 100 && write.isDone(); i++) {
          fixture.lease(node, spec, 1);
          List<List<Object>> batch = rows((round * 100 + i) * 1000, 1000);
          write = fixture.write(node, spec, 1, WriteMode.UPSERT, batch);
          fixture.scheduler.runUntilIdle();
        }
        assertThat(write).as("round %d", round).isNotDone();
        store.fail(false);
        fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
        assertThat(write).as("round %d", round).isCompleted();
      }
    }
  }

  @Test
  void aRegionTakesSoManyWaitingWritesAndNoMore() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(small(1, 1 << 20, 1 << 20));
      fixture.instruct(node, new RegionInstruction.CreateRegion(spec, RegionEpoch.FIRST));
      List<CompletableFuture<?>> writes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writes.add(fixture.write(node, spec, 1, WriteMode.UPSERT, rows(i, 1)));
      }
      assertThat(writes.get(3)).isCompletedExceptionally();
      fixture.lease(node, spec, 1);
      writes.subList(0, 3).forEach(write -> assertThat(write).isCompleted());
    }
  }

  @Test
  void aCandidateLetsGoOfRowsThatTheLeaderFlushed() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode leader = fixture.datanode(1);
      Datanode candidate = fixture.datanode(small(2, 1 << 20, 1 << 20));
      fixture.create(leader, spec);
      fixture.instruct(candidate, new RegionInstruction.OpenCandidate(spec, 0));
      for (int i = 0; i < 20; i++) {
        fixture.upsert(leader, spec, 1, rows(i * 1000L, 1000));
        fixture.instruct(leader, new RegionInstruction.FlushRegion(spec.region()));
      }
      fixture.scheduler.runFor(Duration.ofSeconds(2));
      assertThat(candidate.stats().get(0).memtableBytes()).isLessThan(256 << 10);
      InstructionReply.Replay progress =
          (InstructionReply.Replay)
              fixture.instruct(candidate, new RegionInstruction.ReplayProgress(spec.region()));
      assertThat(progress.lag()).isZero();
    }
  }

  @Test
  void aRegionOpensOverALogThatWasTrimmedBehindItsFiles() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode leader = fixture.datanode(1);
      fixture.create(leader, spec);
      fixture.upsert(leader, spec, 1, rows(0, 10));
      fixture.instruct(leader, new RegionInstruction.FlushRegion(spec.region()));
      long flushedTo = leader.stats().get(0).replayedPosition();
      fixture.upsert(leader, spec, 1, rows(10, 10));
      fixture.stop(leader);
      fixture.get(fixture.log.trim(DatanodeFixture.TOPIC, flushedTo));
      Datanode other = fixture.datanode(2);
      fixture.open(other, spec, 2);
      assertThat(fixture.scan(other, spec, 2)).isEqualTo(rows(0, 20));
      fixture.stop(other);
      fixture.get(fixture.log.trim(DatanodeFixture.TOPIC, flushedTo + 1));
      Datanode third = fixture.datanode(3);
      assertThatThrownBy(() -> fixture.open(third, spec, 3))
          .satisfies(
              e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.LOG_TRUNCATED));
    }
  }

  @Test
  void replacedFilesAreDeletedAfterAWhileAndNotSooner() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      for (int i = 0; i < 3; i++) {
        fixture.upsert(node, spec, 1, rows(i, 1));
        fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
      }
      fixture.instruct(node, new RegionInstruction.CompactRegion(spec.region()));
      assertThat(files(fixture)).hasSize(4);
      fixture.scheduler.runFor(DatanodeFixture.config(1).obsoleteFileGrace().minusSeconds(1));
      assertThat(files(fixture)).hasSize(4);
      fixture.scheduler.runFor(DatanodeFixture.config(1).obsoleteFileGrace().multipliedBy(2));
      assertThat(files(fixture)).hasSize(1);
      assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows(0, 3));
      fixture.instruct(node, new RegionInstruction.DropRegion(spec));
      assertThat(fixture.store.list(ObjectKey.of("regions")).join()).isEmpty();
      fixture.instruct(node, new RegionInstruction.DropRegion(spec));
    }
  }

  private static List<ObjectInfo> files(DatanodeFixture fixture) {
    return fixture.store.list(ObjectKey.of("regions", "1024", "0", "data")).join();
  }
}
