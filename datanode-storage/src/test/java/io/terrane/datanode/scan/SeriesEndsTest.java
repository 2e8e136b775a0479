package io.terrane.datanode.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.Rows;
import io.terrane.datanode.TestTables;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import io.terrane.datanode.row.RowSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

/** The last rows of series give the same greatest times as all rows. */
class SeriesEndsTest {
  private static final int ROUNDS = 300;

  /** Of rows that are asked for at once: few, so that scans go on in the middle of batches. */
  private static final int ROWS_MAX = 5;

  private record Key(String host, long time) {}

  @Test
  void last_rows_of_series_have_the_greatest_times() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RegionSchema schema = new RegionSchema(TestTables.series(Map.of()));
      Map<Key, Long> versions = new HashMap<>();
      Map<Key, Boolean> deleted = new HashMap<>();
      try (BufferAllocator allocator = new RootAllocator()) {
        List<RowBatch> batches = batches(schema, random, versions, deleted, allocator);
        Map<String, Long> expected = new HashMap<>();
        versions
            .keySet()
            .forEach(
                key -> {
                  if (!deleted.get(key)) {
                    expected.merge(key.host(), key.time(), Math::max);
                  }
                });
        Map<Key, Long> given = ends(schema, batches, allocator);
        Map<String, Long> greatest = new HashMap<>();
        given.keySet().forEach(key -> greatest.merge(key.host(), key.time(), Math::max));
        assertThat(greatest).as("seed %d", seed).isEqualTo(expected);
        given.forEach(
            (key, sequence) -> {
              assertThat(deleted.get(key)).isFalse();
              assertThat(sequence).isEqualTo(versions.get(key));
            });
        batches.forEach(RowBatch::release);
      }
    }
  }

  @Test
  void of_one_batch_only_the_last_rows_come() {
    RegionSchema schema = new RegionSchema(TestTables.series(Map.of()));
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      rows.add(List.of(i, "host" + i % 4, i, i + 1, 0L));
    }
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = Rows.batch(columns(schema), rows, allocator)) {
      RowBatch sorted = RowBatch.sort(batch, schema, allocator);
      assertThat(ends(schema, List.of(sorted), allocator).keySet())
          .containsExactlyInAnyOrder(
              new Key("host0", 96),
              new Key("host1", 97),
              new Key("host2", 98),
              new Key("host3", 99));
      sorted.release();
    }
  }

  @Test
  void they_are_enough_for_the_time_index_by_parts_of_the_key_alone() {
    RegionSchema schema = new RegionSchema(TestTables.series(Map.of()));
    assertThat(SeriesEnds.areEnough(schema, Set.of("host"), "ts")).isTrue();
    assertThat(SeriesEnds.areEnough(schema, Set.of(), "ts")).isTrue();
    assertThat(SeriesEnds.areEnough(schema, Set.of("value"), "ts")).isFalse();
    assertThat(SeriesEnds.areEnough(schema, Set.of("ts"), "ts")).isFalse();
    assertThat(SeriesEnds.areEnough(schema, Set.of("host"), "value")).isFalse();
    RegionSchema keyed = new RegionSchema(TestTables.keyed());
    assertThat(SeriesEnds.areEnough(keyed, Set.of(), "id")).isFalse();
  }

  private static List<ColumnSchema> columns(RegionSchema schema) {
    List<ColumnSchema> columns = new ArrayList<>(schema.stored());
    columns.add(TestTables.column(9, RegionSchema.SEQUENCE, DataType.UINT64, SemanticType.FIELD));
    columns.add(TestTables.column(10, RegionSchema.OP, DataType.UINT8, SemanticType.FIELD));
    return columns;
  }

  private static List<RowBatch> batches(
      RegionSchema schema,
      SplittableRandom random,
      Map<Key, Long> versions,
      Map<Key, Boolean> deleted,
      BufferAllocator allocator) {
    List<RowBatch> batches = new ArrayList<>();
    int hosts = 1 + random.nextInt(6);
    int times = 1 + random.nextInt(40);
    long sequence = 0;
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<List<Object>> rows = new ArrayList<>();
      for (int k = random.nextInt(60); k >= 0; k--) {
        Key key = new Key("host" + random.nextInt(hosts), random.nextInt(times));
        boolean delete = random.nextInt(4) == 0;
        sequence++;
        versions.put(key, sequence);
        deleted.put(key, delete);
        rows.add(List.of(0L, key.host(), key.time(), sequence, delete ? 1L : 0L));
      }
      try (VectorSchemaRoot batch = Rows.batch(columns(schema), rows, allocator)) {
        batches.add(RowBatch.sort(batch, schema, allocator));
      }
    }
    return batches;
  }

  /** What comes, with its sequences. */
  private static Map<Key, Long> ends(
      RegionSchema schema, List<RowBatch> batches, BufferAllocator allocator) {
    Projection projection = Projection.all(schema);
    List<RowCursor> cursors = new ArrayList<>();
    batches.forEach(batch -> cursors.add(new BatchCursor(batch, projection)));
    Map<Key, Long> given = new HashMap<>();
    RowSelection selection = new RowSelection();
    try (MergeCursor merged = new MergeCursor(cursors, projection, new SeriesEnds(schema))) {
      merged.fill(selection, ROWS_MAX);
      while (selection.size() > 0) {
        assertThat(selection.size()).isLessThanOrEqualTo(ROWS_MAX);
        try (VectorSchemaRoot rows = selection.view(projection, allocator)) {
          for (List<Object> row : Rows.read(rows)) {
            given.put(new Key((String) row.get(1), (Long) row.get(2)), (Long) row.get(3));
          }
        }
        selection.clear();
        merged.releasePassed();
        merged.fill(selection, ROWS_MAX);
      }
    }
    return given;
  }
}
