package io.terrane.datanode.sst;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.objectstore.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.Test;

class ColumnCacheTest {
  private static final ObjectKey FILE = new ObjectKey("regions/1/2/data/a.arrow");
  private static final BatchMeta BATCH = new BatchMeta(64, 2, List.of());
  private static final int ROWS = 1000;

  @Test
  void keeps_columns_within_its_bytes_and_what_is_in_use_until_it_is_released() {
    try (BufferAllocator root = new RootAllocator()) {
      BufferAllocator allocator = root.newChildAllocator("columns", 0, Long.MAX_VALUE);
      try (ColumnCache cache = new ColumnCache(allocator, 3L * Long.BYTES * ROWS)) {
        ColumnCache.Shared held = cache.add(FILE, BATCH, 0, vector(cache, 0));
        for (int column = 1; column < 20; column++) {
          cache.add(FILE, BATCH, column, vector(cache, column)).release();
        }
        assertThat(allocator.getAllocatedMemory()).isLessThan(5L * Long.BYTES * ROWS);
        assertThat(((BigIntVector) held.vector()).get(ROWS - 1)).isZero();
        held.release();
      }
      assertThat(root.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void finds_what_was_added_under_the_same_file_batch_and_column() {
    try (BufferAllocator root = new RootAllocator();
        ColumnCache cache =
            new ColumnCache(root.newChildAllocator("columns", 0, Long.MAX_VALUE), 1 << 20)) {
      cache.add(FILE, BATCH, 3, vector(cache, 7)).release();
      assertThat(cache.find(FILE, BATCH, 4)).isEmpty();
      Optional<ColumnCache.Shared> found = cache.find(FILE, BATCH, 3);
      assertThat(found).isPresent();
      assertThat(((BigIntVector) found.get().vector()).get(0)).isEqualTo(7);
      found.get().release();
    }
  }

  private static BigIntVector vector(ColumnCache cache, long value) {
    BigIntVector vector = new BigIntVector("x", cache.allocator());
    vector.allocateNew(ROWS);
    for (int i = 0; i < ROWS; i++) {
      vector.set(i, value);
    }
    vector.setValueCount(ROWS);
    return vector;
  }
}
