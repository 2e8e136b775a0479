package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bound on all memtables holds however many regions share it. */
class WriteBufferLimitTest {
  private static final long BUFFER_BYTES = 2 << 20;
  private static final int REGIONS = 40;
  private static final int ROWS = 500;

  /** A group is admitted while there is room, so the bound may be passed by one. */
  private static final long GROUP_BYTES = 64 << 10;

  @Test
  void many_regions_stay_below_the_bound_of_all() {
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node =
          fixture.datanode(DatanodeFixture.config(1).withMemory(BUFFER_BYTES, BUFFER_BYTES));
      List<RegionSpec> specs = new ArrayList<>();
      RegionSpec first = TestTables.spec(TestTables.keyed());
      for (int i = 0; i < REGIONS; i++) {
        RegionSpec spec =
            new RegionSpec(RegionId.of(first.table().id(), i), first.table(), first.walTopic());
        specs.add(spec);
        fixture.create(node, spec);
      }
      for (int round = 0; round < 15; round++) {
        for (RegionSpec spec : specs) {
          fixture.lease(node, spec, 1);
          fixture.upsert(node, spec, 1, rows(round * ROWS));
          assertThat(node.stats().stream().mapToLong(RegionStat::memtableBytes).sum())
              .isLessThanOrEqualTo(BUFFER_BYTES + GROUP_BYTES);
        }
      }
      for (RegionSpec spec : specs) {
        assertThat(fixture.scan(node, spec, 1)).hasSize(15 * ROWS);
      }
    }
  }

  private static List<List<Object>> rows(long from) {
    List<List<Object>> rows = new ArrayList<>();
    for (long key = from; key < from + ROWS; key++) {
      rows.add(Arrays.asList(key, key));
    }
    return rows;
  }
}
