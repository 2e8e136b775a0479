package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A scan fetches the columns it wants, and no others. */
class ColumnReadsTest {
  private static final int METRICS = 10;
  private static final int ROWS = 20_000;

  private final ObjectStore store = new InMemoryObjectStore(Runnable::run);
  private final RegionSpec spec =
      TestTables.spec(TestTables.table(columns(), List.of("host"), Optional.of("ts"), Map.of()));

  private static List<ColumnSchema> columns() {
    List<ColumnSchema> columns = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      columns.add(TestTables.column(i + 1, "m" + i, DataType.FLOAT64, SemanticType.FIELD));
    }
    columns.add(TestTables.column(METRICS + 1, "host", DataType.STRING, SemanticType.TAG));
    columns.add(
        TestTables.column(METRICS + 2, "ts", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP));
    return columns;
  }

  /** Values that do not fold, so that each metric takes a like part of the file. */
  private static List<List<Object>> rows() {
    Random random = new Random(3);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<Object> row = new ArrayList<>();
      for (int m = 0; m < METRICS; m++) {
        row.add(random.nextDouble());
      }
      row.add("host-" + i % 4);
      row.add(i / 4 * 10_000L);
      rows.add(row);
    }
    return rows;
  }

  @Test
  void oneMetricOfTenIsATenthOfTheFile() {
    List<List<Object>> rows = rows();
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, spec);
      fixture.upsert(node, spec, 1, rows);
      fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
      fixture.stop(node);
      long metric = ROWS * (long) Double.BYTES;
      Datanode other = fixture.datanode(2);
      fixture.open(other, spec, 2);
      long before = other.readCounters().bucketBytes();
      List<List<Object>> found =
          fixture.scan(other, spec, 2, List.of("host", "ts", "m7"), Optional.empty());
      assertThat(found)
          .hasSize(ROWS)
          .contains(
              List.of(rows.get(9).get(METRICS), rows.get(9).get(METRICS + 1), rows.get(9).get(7)));
      // The footer, times, and the metric with what zstd saves of random doubles: little.
      assertThat(other.readCounters().bucketBytes() - before)
          .isBetween(metric * 8 / 10, metric * 3 / 2);
      assertThat(size()).isGreaterThan(metric * METRICS * 8 / 10);
    }
  }

  private long size() {
    return store.list(ObjectKey.of("regions")).join().stream()
        .filter(object -> object.key().name().endsWith(".arrow"))
        .mapToLong(object -> object.size())
        .sum();
  }
}
