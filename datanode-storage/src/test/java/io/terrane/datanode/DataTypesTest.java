package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.SemanticType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every type, as key and as value, through log, memory and file. */
class DataTypesTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.BOOLEAN,
          DataType.INT8,
          DataType.INT16,
          DataType.INT32,
          DataType.INT64,
          DataType.UINT8,
          DataType.UINT16,
          DataType.UINT32,
          DataType.UINT64,
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.decimal(12, 3),
          DataType.decimal(65, 30),
          DataType.STRING,
          DataType.BINARY,
          DataType.DATE,
          DataType.TIME,
          DataType.TIMESTAMP_SECOND,
          DataType.TIMESTAMP_MILLIS,
          DataType.TIMESTAMP_MICROS,
          DataType.TIMESTAMP_NANOS);

  /** In ascending order. */
  private static List<Object> values(DataType type) {
    return switch (type.kind()) {
      case NULL -> List.of();
      case BOOLEAN -> List.of(false, true);
      case INT8 -> List.of(-128L, 0L, 127L);
      case INT16 -> List.of(-32768L, 0L, 32767L);
      case INT32, DATE -> List.of((long) Integer.MIN_VALUE, 0L, (long) Integer.MAX_VALUE);
      case INT64, TIME, TIMESTAMP -> List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
      case UINT8 -> List.of(0L, 127L, 128L, 255L);
      case UINT16 -> List.of(0L, 32768L, 65535L);
      case UINT32 -> List.of(0L, 2147483648L, 4294967295L);
      case UINT64 -> List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
      case FLOAT32, FLOAT64 ->
          List.of(Double.NEGATIVE_INFINITY, -1.5, 0.0, 2.25, Double.POSITIVE_INFINITY, Double.NaN);
      case DECIMAL ->
          List.of(
              new BigDecimal("-123.5").setScale(type.scale()),
              BigDecimal.ZERO.setScale(type.scale()),
              new BigDecimal("999999.125").setScale(type.scale()));
      case STRING -> List.of("", "a", "b", "é", "😀");
      case BINARY -> List.of(bytes(), bytes(0), bytes(127, 1), bytes(255));
    };
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    Arrays.stream(values).forEach(value -> buffer.put((byte) value));
    return buffer.flip().asReadOnlyBuffer();
  }

  @Test
  void everyKindIsTested() {
    EnumSet<DataType.Kind> kinds = EnumSet.of(DataType.Kind.NULL);
    TYPES.forEach(type -> kinds.add(type.kind()));
    assertThat(kinds).isEqualTo(EnumSet.allOf(DataType.Kind.class));
  }

  @Test
  void everyTypeIsAValueAndCanBeNull() {
    List<ColumnSchema> columns = new ArrayList<>();
    columns.add(TestTables.column(1, "id", DataType.INT64, SemanticType.TAG));
    for (DataType type : TYPES) {
      String name = "c" + columns.size();
      columns.add(TestTables.column(columns.size() + 1, name, type, SemanticType.FIELD));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < 7; row++) {
      List<Object> values = new ArrayList<>();
      values.add((long) row);
      for (DataType type : TYPES) {
        List<Object> all = values(type);
        values.add(row < all.size() ? all.get(row) : null);
      }
      rows.add(values);
    }
    roundTrip(columns, rows);
  }

  @Test
  void everyTypeIsAKeyInItsOrder() {
    for (DataType type : TYPES) {
      List<ColumnSchema> columns = List.of(TestTables.column(1, "id", type, SemanticType.TAG));
      roundTrip(columns, values(type).stream().map(List::of).toList());
    }
  }

  /** Rows are given in key order and must come back so, whatever way they went. */
  private static void roundTrip(List<ColumnSchema> columns, List<List<Object>> rows) {
    RegionSpec spec =
        TestTables.spec(
            TestTables.table(columns, List.of(columns.get(0).name()), Optional.empty(), Map.of()));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode first = fixture.datanode(1);
      fixture.create(first, spec);
      List<List<Object>> shuffled = new ArrayList<>(rows);
      Collections.reverse(shuffled);
      fixture.upsert(first, spec, 1, shuffled);
      assertThat(fixture.scan(first, spec, 1)).as("memory").isEqualTo(rows);
      fixture.stop(first);
      Datanode second = fixture.datanode(2);
      fixture.open(second, spec, 2);
      assertThat(fixture.scan(second, spec, 2)).as("log").isEqualTo(rows);
      fixture.instruct(second, new RegionInstruction.FlushRegion(spec.region()));
      assertThat(fixture.scan(second, spec, 2)).as("file").isEqualTo(rows);
    }
  }
}
