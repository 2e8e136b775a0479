package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** A heartbeat asks for statistics at any moment, also while a region frees its memory. */
class ClosingRegionTest {
  /** Runs an action at each release of memory, once armed. */
  private static final class AtRelease implements AllocationListener {
    Runnable action = () -> {};

    @Override
    public void onRelease(long size) {
      action.run();
    }
  }

  @Test
  void aRegionWhoseMemoryIsBeingFreedHasNoStatistics() {
    RegionSpec spec = TestTables.spec(TestTables.keyed());
    AtRelease atRelease = new AtRelease();
    List<List<RegionStat>> seen = new ArrayList<>();
    try (DatanodeFixture fixture =
        new DatanodeFixture(
            new InMemoryObjectStore(Runnable::run), new RootAllocator(atRelease, Long.MAX_VALUE))) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      fixture.lease(node, spec, 1);
      fixture.upsert(node, spec, 1, List.of(Arrays.asList(1L, 1L)));
      atRelease.action = () -> seen.add(node.stats());
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> fixture.instruct(node, new RegionInstruction.CloseRegion(spec.region())));
      atRelease.action = () -> {};
    }
    assertThat(seen).isNotEmpty().allSatisfy(stats -> assertThat(stats).isEmpty());
  }
}
