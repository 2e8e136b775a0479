package io.terrane.frontend.mysql.testing;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A result with a column of every type: ordinary values, extremes, NULLs. */
public final class AllTypes {
  public static final List<DataType> TYPES =
      List.of(
          DataType.NULL,
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
          DataType.decimal(20, 6),
          DataType.decimal(65, 30),
          DataType.STRING,
          DataType.BINARY,
          DataType.DATE,
          DataType.TIME,
          DataType.TIMESTAMP_SECOND,
          DataType.TIMESTAMP_MILLIS,
          DataType.TIMESTAMP_MICROS,
          DataType.TIMESTAMP_NANOS);

  public static final List<ResultColumn> COLUMNS =
      TYPES.stream().map(type -> ResultColumn.expression(type.toString(), type)).toList();

  /** 2024-02-29 13:14:15.123456789 in UTC is the instant of the ordinary row. */
  public static final List<Object> ORDINARY =
      Arrays.asList(
          null,
          true,
          -7L,
          -300L,
          -70_000L,
          -5_000_000_000L,
          200L,
          60_000L,
          4_000_000_000L,
          -1L,
          1.5,
          1e20,
          new BigDecimal("12.345600"),
          new BigDecimal("12345678901234567890.123456789012345678901234567890"),
          "grüße 🐬",
          new byte[] {0, (byte) 0xFF, 'x'},
          19_782L,
          45_296_000_000L,
          1_709_212_455L,
          1_709_212_455_123L,
          1_709_212_455_123_456L,
          1_709_212_455_123_456_789L);

  public static final List<Object> EXTREME =
      Arrays.asList(
          null,
          false,
          (long) Byte.MIN_VALUE,
          (long) Short.MIN_VALUE,
          (long) Integer.MIN_VALUE,
          Long.MIN_VALUE,
          255L,
          65_535L,
          4_294_967_295L,
          Long.MAX_VALUE,
          -0.25,
          Double.MIN_VALUE,
          new BigDecimal("-99999999999999.999999"),
          new BigDecimal("0").setScale(30),
          "",
          new byte[0],
          -719_528L + 366,
          -3_020_399_000_000L,
          0L,
          -1L,
          -1L,
          -1L);

  public static final List<Object> NULLS = Collections.nCopies(TYPES.size(), null);

  public static final List<List<Object>> ROWS = List.of(ORDINARY, EXTREME, NULLS);

  private AllTypes() {}
}
