package io.terrane.datanode.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.Rows;
import io.terrane.datanode.TestTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

/** Rows of several batches come in the order that comparing them one by one gives. */
class RowSortTest {
  private static final long SEED = 23;
  private static final Object[] STRINGS = {
    null, "", "a", "b", "host_1", "host_10", "host_2", "host_1234567", "host_1234568", "é", "z\0"
  };
  private static final Object[] DOUBLES = {
    null, -0.0, 0.0, 1.5, -1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };
  private static final Object[] LONGS = {null, 0L, 1L, -1L, 7L, 1L << 40, -(1L << 41), 1L << 20};
  private static final Object[] EXTREMES = {null, Long.MIN_VALUE, Long.MAX_VALUE, 0L};
  private static final Object[] UNSIGNED = {null, 0L, 1L, -1L, Long.MIN_VALUE};
  private static final Object[] BOOLEANS = {null, true, false};

  @Test
  void rows_come_in_order_and_the_newest_of_a_key_first() {
    check(DataType.STRING, STRINGS, Map.of());
    check(DataType.FLOAT64, DOUBLES, Map.of());
    check(DataType.FLOAT32, DOUBLES, Map.of());
    check(DataType.INT64, LONGS, Map.of());
    check(DataType.INT64, EXTREMES, Map.of());
    check(DataType.UINT64, UNSIGNED, Map.of());
    check(DataType.BOOLEAN, BOOLEANS, Map.of());
  }

  @Test
  void every_version_stays_where_the_table_keeps_them() {
    check(DataType.STRING, STRINGS, Map.of("append_mode", "true"));
    check(DataType.INT64, EXTREMES, Map.of("merge_mode", "last_non_null"));
  }

  private static void check(DataType type, Object[] keys, Map<String, String> options) {
    RegionSchema schema =
        new RegionSchema(
            TestTables.table(
                List.of(
                    TestTables.column(1, "k", type, SemanticType.TAG),
                    TestTables.column(2, "ts", DataType.TIMESTAMP_NANOS, SemanticType.TIMESTAMP)),
                List.of("k"),
                Optional.of("ts"),
                options));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 40; round++) {
      try (BufferAllocator allocator = new RootAllocator()) {
        List<VectorSchemaRoot> batches = batches(schema, keys, random, allocator);
        Projection projection = Projection.all(schema);
        List<FieldVector[]> vectors = batches.stream().map(projection::layout).toList();
        int[] counts = batches.stream().mapToInt(VectorSchemaRoot::getRowCount).toArray();
        RowSelection picked = new RowSelection();
        new RowSort(schema, vectors, counts).pick(picked);
        assertThat(rows(picked, projection, allocator))
            .as("%s %s, round %d, seed %d", type, options, round, SEED)
            .isEqualTo(compared(schema, vectors, counts, projection, allocator));
        batches.forEach(VectorSchemaRoot::close);
      }
    }
  }

  private static List<VectorSchemaRoot> batches(
      RegionSchema schema, Object[] keys, SplittableRandom random, BufferAllocator allocator) {
    List<ColumnSchema> columns = new ArrayList<>(schema.table().schema().columns());
    columns.add(TestTables.column(3, RegionSchema.SEQUENCE, DataType.UINT64, SemanticType.FIELD));
    columns.add(TestTables.column(4, RegionSchema.OP, DataType.UINT8, SemanticType.FIELD));
    long sequence = random.nextInt(1_000_000);
    int sparseness = random.nextInt(3) == 0 ? 10_000 : 3;
    long span = random.nextBoolean() ? 4 : Long.MAX_VALUE;
    List<VectorSchemaRoot> batches = new ArrayList<>();
    for (int b = random.nextInt(4); b >= 0; b--) {
      List<List<Object>> rows = new ArrayList<>();
      for (int i = random.nextInt(100); i > 0; i--) {
        sequence += 1 + random.nextInt(sparseness);
        Object key = keys[random.nextInt(keys.length)];
        rows.add(Arrays.asList(key, random.nextLong(span), sequence, 0L));
      }
      batches.add(Rows.batch(columns, rows, allocator));
    }
    return batches;
  }

  private static List<List<Object>> compared(
      RegionSchema schema,
      List<FieldVector[]> batches,
      int[] counts,
      Projection projection,
      BufferAllocator allocator) {
    record Place(FieldVector[] batch, int row) {}
    RowOrder order = schema.keyOrder();
    List<Place> places = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      for (int i = 0; i < counts[b]; i++) {
        places.add(new Place(batches.get(b), i));
      }
    }
    places.sort((a, b) -> order.compare(a.batch(), a.row(), b.batch(), b.row()));
    RowSelection selection = new RowSelection();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      boolean first =
          i == 0
              || order.compareKeys(
                      places.get(i - 1).batch(),
                      places.get(i - 1).row(),
                      place.batch(),
                      place.row())
                  != 0;
      if (first || !schema.keepsNewestOnly()) {
        selection.add(place.batch(), place.row());
      }
    }
    return rows(selection, projection, allocator);
  }

  private static List<List<Object>> rows(
      RowSelection selection, Projection projection, BufferAllocator allocator) {
    try (VectorSchemaRoot root = selection.gather(projection, allocator)) {
      return Rows.read(root);
    }
  }
}
