package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.datanode.cache.CacheConfig;
import io.terrane.objectstore.testing.FlakyObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.objectstore.testing.StoreCall;
import io.terrane.objectstore.testing.StoreFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region's files on the local disk: what was flushed or read is not fetched from the bucket. */
class DiskCacheTest {
  @TempDir Path folder;

  private final AtomicInteger dataReads = new AtomicInteger();
  private final DatanodeFixture fixture =
      new DatanodeFixture(
          new FlakyObjectStore(
              new InMemoryObjectStore(Runnable::run),
              (call, key) -> {
                if (call == StoreCall.GET && key.path().contains("/data/")) {
                  dataReads.incrementAndGet();
                }
                return StoreFault.NONE;
              },
              (delay, task) -> () -> {}));
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final List<List<Object>> rows =
      LongStream.range(0, 500).mapToObj(i -> List.<Object>of(i, i * i)).toList();

  @AfterEach
  void closeAll() {
    fixture.close();
  }

  @Test
  void whatWasFlushedIsReadFromTheDisk() {
    Datanode node = flushed();
    assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows);
    assertThat(dataReads).hasValue(0);
    assertThat(node.readCounters().diskBytes()).isPositive();
    assertThat(node.readCounters().requests()).isZero();
  }

  @Test
  void aScanTellsWhatItReadForItself() {
    Datanode node = flushed();
    ReadTraffic first = traffic(node);
    assertThat(first.requests()).isZero();
    assertThat(first.diskBytes()).isPositive();
    ReadTraffic second = traffic(node);
    assertThat(second.diskBytes()).isZero();
    assertThat(second.memoryBytes()).isEqualTo(first.diskBytes());
    assertThat(node.readCounters().traffic().plus(ReadTraffic.NONE)).isEqualTo(first.plus(second));
  }

  private ReadTraffic traffic(Datanode node) {
    List<String> columns = List.of("id", "value");
    try (BatchStream stream =
        node.scan(
            spec.region(),
            RegionEpoch.FIRST,
            new ScanRegion(spec.region(), 0, columns, Optional.empty()),
            fixture.allocator)) {
      while (stream.advance(batch -> {})) {
        // to its end
      }
      return stream.traffic();
    }
  }

  @Test
  void theNextLifeOfTheDatanodeFindsIt() {
    fixture.stop(flushed());
    Datanode next = fixture.datanode(config(1, 1 << 20));
    fixture.open(next, spec, 2);
    assertThat(fixture.scan(next, spec, 2)).isEqualTo(rows);
    assertThat(dataReads).hasValue(0);
  }

  @Test
  void anotherDatanodeReadsTheBucketOnceAndThenItsDisk() {
    fixture.stop(flushed());
    Datanode other = fixture.datanode(config(2, 1 << 20));
    fixture.open(other, spec, 2);
    fixture.scan(other, spec, 2);
    int reads = dataReads.get();
    assertThat(reads).isPositive();
    fixture.stop(other);
    Datanode again = fixture.datanode(config(2, 1 << 20));
    fixture.open(again, spec, 3);
    assertThat(fixture.scan(again, spec, 3)).isEqualTo(rows);
    assertThat(dataReads).hasValue(reads);
  }

  @Test
  void damageIsReadAgainFromTheBucketAndCounted() throws IOException {
    fixture.stop(flushed());
    int damaged = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      damaged++;
    }
    Datanode next = fixture.datanode(config(1, 1 << 20));
    fixture.open(next, spec, 2);
    assertThat(fixture.scan(next, spec, 2)).isEqualTo(rows);
    assertThat(next.fileCache().damaged()).isEqualTo(damaged);
    assertThat(next.readCounters().requests()).isEqualTo(damaged);
  }

  @Test
  void theFolderMayBeEmptiedWhileTheRegionIsOpen() throws IOException {
    Datanode node = flushed();
    for (Path file : files()) {
      Files.delete(file);
    }
    assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows);
  }

  @Test
  void aCacheThatIsTooSmallForAnythingDoesNoHarm() throws IOException {
    Datanode node = fixture.datanode(config(1, 20));
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, rows);
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    assertThat(fixture.scan(node, spec, 1)).isEqualTo(rows);
    assertThat(files()).isEmpty();
  }

  private Datanode flushed() {
    Datanode node = fixture.datanode(config(1, 1 << 20));
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, rows);
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    return node;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private DatanodeConfig config(long node, long diskBytes) {
    DatanodeConfig d = DatanodeFixture.config(node);
    CacheConfig cache = new CacheConfig(diskBytes, folder, 1 << 20, 2, 1 << 20);
    return new DatanodeConfig(
        d.nodeId(),
        d.writeBufferBytes(),
        d.regionFlushBytes(),
        d.walRecordBytesMax(),
        d.groupRowsMax(),
        100,
        d.scanBatchRows(),
        d.regionMailboxWritesMax(),
        d.rememberedWritesMax(),
        d.cacheBytes(),
        d.cachedFooters(),
        0,
        cache,
        d.candidateBytesMax(),
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
}
