package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.objectstore.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files go when nobody needs them, and not sooner. */
class GarbageTest {
  private final DatanodeFixture fixture = new DatanodeFixture();
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final Datanode node = fixture.datanode(1);
  private final Duration grace = DatanodeFixture.config(1).obsoleteFileGrace();

  @BeforeEach
  void replacedFiles() {
    fixture.create(node, spec);
    for (long key = 0; key < 3; key++) {
      fixture.upsert(node, spec, 1, List.of(List.of(key, key)));
      fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    }
  }

  @AfterEach
  void closeAll() {
    fixture.close();
  }

  private void compact() {
    fixture.instruct(node, new RegionInstruction.CompactRegion(spec.region()));
  }

  private InstructionReply.Swept collect() {
    return (InstructionReply.Swept)
        fixture.instruct(node, new RegionInstruction.CollectGarbage(spec.region(), false));
  }

  private int files() {
    return fixture.store.list(ObjectKey.of("regions", "1024", "0", "data")).join().size();
  }

  private InstructionReply.Swept look() {
    return (InstructionReply.Swept)
        fixture.instruct(node, new RegionInstruction.CollectGarbage(spec.region(), true));
  }

  private List<RegionFile> list(boolean stored) {
    return ((InstructionReply.Files)
            fixture.instruct(node, new RegionInstruction.ListFiles(spec.region(), stored)))
        .files();
  }

  @Test
  void aDryRunCountsAndDeletesNothing() {
    compact();
    long size =
        fixture.store.list(ObjectKey.of("regions", "1024", "0", "data")).join().stream()
            .mapToLong(o -> o.size())
            .sum();
    assertThat(look()).isEqualTo(new InstructionReply.Swept(0, 0, 3));
    fixture.scheduler.runFor(grace.dividedBy(2));
    assertThat(files()).isEqualTo(4);
    assertThat(list(true)).hasSize(4).allMatch(file -> file.modified().isPresent());
    assertThat(list(true).stream().mapToLong(RegionFile::size).sum()).isEqualTo(size);
    assertThat(list(false)).hasSize(1).allMatch(file -> file.content().isPresent());
    assertThat(list(true).stream().map(RegionFile::path))
        .containsAll(list(false).stream().map(RegionFile::path).toList());
  }

  @Test
  void aRegionKnowsWhatItWroteToFiles() {
    RegionStat before = node.stats().get(0);
    assertThat(before.flushedBytes()).isEqualTo(before.sstBytes());
    assertThat(before.mergedBytes()).isZero();
    fixture.upsert(node, spec, 1, List.of(List.of(0L, 7L)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    assertThat(node.stats().get(0).storedRows()).isEqualTo(4);
    compact();
    RegionStat after = node.stats().get(0);
    assertThat(after.storedRows()).isEqualTo(3);
    assertThat(after.mergedBytes()).isEqualTo(after.sstBytes());
    assertThat(node.counters().flushedBytes()).isEqualTo(after.flushedBytes());
  }

  @Test
  void askingOftenDoesNotShortenTheGrace() {
    compact();
    for (int i = 0; i < 3; i++) {
      assertThat(collect()).isEqualTo(new InstructionReply.Swept(0, 0, 3));
    }
    fixture.scheduler.runFor(grace.plusSeconds(1));
    assertThat(collect().waiting()).isZero();
    assertThat(files()).isEqualTo(1);
    assertThat(collect()).isEqualTo(new InstructionReply.Swept(0, 0, 0));
  }

  @Test
  void aScanKeepsItsFiles() {
    ScanRegion all =
        new ScanRegion(
            spec.region(), spec.table().schema().version(), List.of("id"), Optional.empty());
    try (BatchStream scan = node.scan(spec.region(), RegionEpoch.FIRST, all, fixture.allocator)) {
      compact();
      collect();
      fixture.scheduler.runFor(grace.multipliedBy(3));
      collect();
      assertThat(files()).isEqualTo(4);
      while (scan.advance(batch -> {})) {}
    }
    collect();
    fixture.scheduler.runFor(grace.multipliedBy(2));
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aDeposedLeaderDeletesNothing() {
    compact();
    collect();
    Datanode other = fixture.datanode(2);
    fixture.open(other, spec, 2);
    fixture.scheduler.runFor(grace.plusSeconds(1));
    assertThat(collect().files()).isZero();
    assertThat(fixture.scan(other, spec, 2)).hasSize(3);
  }

  @Test
  void anyDatanodeDropsTheRegionOfADeadOne() {
    fixture.stop(node);
    fixture.instruct(fixture.datanode(2), new RegionInstruction.DropRegion(spec));
    assertThat(fixture.store.list(ObjectKey.of("regions")).join()).isEmpty();
  }
}
