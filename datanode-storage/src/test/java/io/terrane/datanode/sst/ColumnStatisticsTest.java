package io.terrane.datanode.sst;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.SemanticType;
import io.terrane.datanode.Rows;
import io.terrane.datanode.TestTables;
import io.terrane.datanode.row.RowValues;
import io.terrane.datanode.row.ValueOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

/** Minimum and maximum are those that the order of values gives. */
class ColumnStatisticsTest {
  private static final long SEED = 5;
  private static final Object[] INTEGERS = {null, 0L, 1L, 100L, 55L, 55L};

  @Test
  void least_and_greatest_values_are_found() {
    for (DataType type :
        List.of(
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.UINT8,
            DataType.UINT16,
            DataType.UINT32,
            DataType.UINT64,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP_MILLIS)) {
      check(type, INTEGERS);
    }
    check(DataType.UINT8, null, 200L, 100L, 255L);
    check(DataType.INT64, Long.MIN_VALUE, Long.MAX_VALUE, 0L, null);
    check(DataType.INT32, -5L, 7L, null, (long) Integer.MIN_VALUE);
    check(DataType.UINT64, 1L, -1L, Long.MIN_VALUE, null);
    check(DataType.UINT32, 1L, 0xffff_ffffL, null);
    check(DataType.BOOLEAN, true, false, null);
    check(DataType.FLOAT64, -0.0, 0.0, 1.5, -7.25, Double.NaN, Double.NEGATIVE_INFINITY, null);
    check(DataType.FLOAT32, -0.0, 0.0, 1.5, -7.25, Double.NaN, null);
    check(DataType.STRING, "", "a", "ab", "host_12345", "host_12346", "é", "x".repeat(200), null);
    check(DataType.decimal(10, 2), new BigDecimal("1.50"), new BigDecimal("-3.00"), null);
  }

  private static void check(DataType type, Object... values) {
    SplittableRandom random = new SplittableRandom(SEED);
    try (BufferAllocator allocator = new RootAllocator()) {
      for (int round = 0; round < 60; round++) {
        List<List<Object>> rows = new ArrayList<>();
        int some = 1 + random.nextInt(values.length);
        for (int i = random.nextInt(40); i > 0; i--) {
          rows.add(Arrays.asList(values[random.nextInt(some)]));
        }
        try (VectorSchemaRoot batch =
            Rows.batch(
                List.of(TestTables.column(1, "x", type, SemanticType.FIELD)), rows, allocator)) {
          assertThat(ColumnStatistics.of(batch.getVector(0), rows.size()))
              .as("%s of %s", type, rows)
              .isEqualTo(compared(type, batch.getVector(0), rows.size()));
        }
      }
    }
  }

  private static ColumnRange compared(DataType type, FieldVector vector, int count) {
    ValueOrder order = ValueOrder.of(type);
    int min = -1;
    int max = -1;
    for (int i = 0; i < count; i++) {
      if (!vector.isNull(i)) {
        min = min < 0 || order.compare(vector, i, vector, min) < 0 ? i : min;
        max = max < 0 || order.compare(vector, i, vector, max) > 0 ? i : max;
      }
    }
    return new ColumnRange(
        vector.getNullCount(), value(type, vector, min), value(type, vector, max));
  }

  private static Optional<Datum> value(DataType type, FieldVector vector, int row) {
    return row < 0 || RowValues.length(vector, row) > 128
        ? Optional.empty()
        : Optional.of(RowValues.read(vector, row, type));
  }
}
