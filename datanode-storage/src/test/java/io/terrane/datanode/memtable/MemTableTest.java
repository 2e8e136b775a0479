package io.terrane.datanode.memtable;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.Rows;
import io.terrane.datanode.TestTables;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memtables say what memory they take, stay few batches, and keep the newest rows. */
class MemTableTest {
  private static final long SEED = 3;

  private final BufferAllocator allocator = new RootAllocator();
  private final RegionSchema schema = new RegionSchema(TestTables.series(Map.of()));
  private long sequence;

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  @Test
  void bytes_are_what_the_allocator_gave() {
    SplittableRandom random = new SplittableRandom(SEED);
    MemTable table = MemTable.empty(schema);
    for (int i = 0; i < 200; i++) {
      table = add(table, batch(1 + random.nextInt(200), random));
      assertThat(table.bytes())
          .as("after %d batches, seed %d", i, SEED)
          .isEqualTo(allocator.getAllocatedMemory());
    }
    table.close();
  }

  @Test
  void batches_of_a_row_stay_few() {
    SplittableRandom random = new SplittableRandom(SEED);
    MemTable table = MemTable.empty(schema);
    for (int i = 0; i < 600; i++) {
      table = add(table, batch(1, random));
      assertThat(table.batches().size()).isLessThanOrEqualTo(7 * 4);
    }
    table.close();
  }

  @Test
  void the_newest_version_of_each_key_is_kept() {
    SplittableRandom random = new SplittableRandom(SEED);
    MemTable table = MemTable.empty(schema);
    Map<List<Object>, Object> newest =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (int i = 0; i < 64; i++) {
      List<List<Object>> rows = rows(40, random);
      rows.forEach(row -> newest.put(List.of(row.get(1), row.get(2)), row.get(0)));
      table = add(table, batch(rows));
    }
    Map<List<Object>, Object> read = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (RowBatch batch : table.batches()) { // the oldest first
      for (List<Object> row : Rows.read(batch.rows())) {
        read.put(List.of(row.get(1), row.get(2)), row.get(0));
      }
    }
    assertThat(read).isEqualTo(newest);
    table.close();
  }

  private MemTable add(MemTable table, RowBatch batch) {
    MemTable next = table.plus(batch, allocator);
    table.close();
    return next;
  }

  private RowBatch batch(int rows, SplittableRandom random) {
    return batch(rows(rows, random));
  }

  private static List<List<Object>> rows(int count, SplittableRandom random) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Arrays.asList(random.nextLong(), "h" + random.nextInt(50), (long) random.nextInt(100)));
    }
    return rows;
  }

  private RowBatch batch(List<List<Object>> values) {
    List<ColumnSchema> columns = new ArrayList<>(schema.table().schema().columns());
    columns.add(TestTables.column(4, RegionSchema.SEQUENCE, DataType.UINT64, SemanticType.FIELD));
    columns.add(TestTables.column(5, RegionSchema.OP, DataType.UINT8, SemanticType.FIELD));
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> value : values) {
      List<Object> row = new ArrayList<>(value);
      row.add(++sequence);
      row.add((long) RegionSchema.OP_PUT);
      rows.add(row);
    }
    try (VectorSchemaRoot root = Rows.batch(columns, rows, allocator)) {
      return RowBatch.sort(root, schema, allocator);
    }
  }
}
