package io.terrane.query.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.CastMode;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.ConstantExpr;
import io.terrane.query.function.builtin.BuiltinFunctions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** What is converted plainly is what the compiled cast makes of it; what that refuses is not. */
class PlainCastsTest {
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
          DataType.decimal(10, 2),
          DataType.BINARY,
          DataType.DATE,
          DataType.TIME,
          DataType.TIMESTAMP_SECOND,
          DataType.TIMESTAMP_MILLIS,
          DataType.TIMESTAMP_MICROS,
          DataType.TIMESTAMP_NANOS);
  private static final long[] LONGS = {
    0,
    1,
    -1,
    127,
    128,
    -128,
    -129,
    255,
    256,
    32_767,
    32_768,
    -32_769,
    65_535,
    65_536,
    2_147_483_647L,
    2_147_483_648L,
    -2_147_483_649L,
    4_294_967_295L,
    4_294_967_296L,
    1_767_225_600_123L,
    1_767_225_600_123_456L,
    1_767_225_600_123_000L,
    9_007_199_254_740_993L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> TEXTS =
      List.of(
          "",
          "0",
          "-0",
          "-0.5",
          "00",
          "7",
          "-7",
          "127",
          "128",
          "300",
          "-129",
          "1.5",
          "-1.5",
          "0.1",
          "123456789012345",
          "1234567890123456",
          "123456789.123456",
          "0.000000000000001",
          "999999999999999999",
          "9999999999999999999",
          "1.",
          ".5",
          "-",
          "-.5",
          "1-2",
          "1e3",
          " 1",
          "1 ",
          "+1",
          "x",
          "1.2.3",
          "2026-01-02",
          "2026-01-02 03:04:05",
          "2026-01-02 03:04:05.678901",
          "2026-01-02T03:04:05.5Z",
          "2026-13-45",
          "20260102");

  @Test
  void a_plain_conversion_is_the_compiled_one() {
    try (BufferAllocator allocator = new RootAllocator()) {
      ExecutionContext context =
          ExecutionContext.builder(allocator, BuiltinFunctions.registry(), () -> Instant.EPOCH)
              .build();
      int plain = 0;
      for (Datum value : values()) {
        for (DataType type : TYPES) {
          Optional<Datum> found = convert(value, type, context);
          if (found.isPresent() && !value.type().equals(type)) {
            plain++;
            assertThat(found).as("%s as %s", value, type).isEqualTo(compiled(value, type, context));
          }
        }
      }
      assertThat(plain).isGreaterThan(300);
    }
  }

  private static Optional<Datum> convert(Datum value, DataType type, ExecutionContext context) {
    try {
      return PlainCasts.convert(value, type, context.timeZone());
    } catch (TerraneException refused) {
      assertThat(compiled(value, type, context)).isEmpty();
      return Optional.empty();
    }
  }

  private static Optional<Datum> compiled(Datum value, DataType type, ExecutionContext context) {
    try {
      Datum cast =
          Casts.compile(context, new ConstantExpr(value), type, CastMode.STRICT)
              .evaluate(Batch.ofRows(1))
              .datumAt(0);
      return cast.isNull() ? Optional.empty() : Optional.of(cast);
    } catch (TerraneException refused) {
      return Optional.empty();
    }
  }

  private static List<Datum> values() {
    List<Datum> values = new ArrayList<>();
    TEXTS.forEach(text -> values.add(Datum.of(text)));
    for (long number : LONGS) {
      values.add(new Datum(DataType.INT64, number));
      values.add(new Datum(DataType.UINT64, number));
      for (int digits = 0; digits <= 9; digits += 3) {
        values.add(new Datum(DataType.timestamp(digits), number));
      }
    }
    return values;
  }
}
