package io.terrane.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatumCastsTest {
  private static final DataType INT8 = new DataType(DataType.Kind.INT8, 0, 0);
  private static final DataType INT32 = new DataType(DataType.Kind.INT32, 0, 0);
  private static final DataType UINT32 = new DataType(DataType.Kind.UINT32, 0, 0);

  @Test
  void numbersAreKeptWhereTheyFit() {
    assertThat(DatumCasts.cast(Datum.of(7), INT8)).isEqualTo(new Datum(INT8, 7L));
    assertThat(DatumCasts.cast(Datum.of(700), INT8).isNull()).isTrue();
    assertThat(DatumCasts.cast(Datum.of(-1), UINT32).isNull()).isTrue();
    assertThat(DatumCasts.cast(Datum.of(2.9), INT32)).isEqualTo(new Datum(INT32, 2L));
    assertThat(DatumCasts.cast(Datum.of(1.005), DataType.decimal(5, 1)).value())
        .isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  void textIsRead() {
    assertThat(DatumCasts.cast(Datum.of(" 12 "), INT32)).isEqualTo(new Datum(INT32, 12L));
    assertThat(DatumCasts.cast(Datum.of("greptime"), INT32).isNull()).isTrue();
    assertThat(DatumCasts.cast(Datum.of(12), DataType.STRING)).isEqualTo(Datum.of("12"));
  }

  @Test
  void timesChangeTheirUnit() {
    Datum millis = new Datum(DataType.timestamp(3), 1_500L);
    assertThat(DatumCasts.cast(millis, DataType.timestamp(0)).value()).isEqualTo(1L);
    assertThat(DatumCasts.cast(millis, DataType.timestamp(9)).value()).isEqualTo(1_500_000_000L);
    assertThat(DatumCasts.isPossible(DataType.BOOLEAN, DataType.DATE)).isFalse();
  }

  @Test
  void whatIsTotalNeverGivesNull() {
    List<Datum> extremes =
        List.of(
            new Datum(INT8, -128L),
            new Datum(INT32, (long) Integer.MIN_VALUE),
            new Datum(UINT32, 4_294_967_295L),
            Datum.of(Long.MIN_VALUE),
            Datum.of(true),
            Datum.of(Double.NaN),
            Datum.of("x"),
            new Datum(DataType.decimal(3, 1), new BigDecimal("99.9")),
            new Datum(DataType.timestamp(9), Long.MAX_VALUE));
    List<DataType> targets =
        List.of(
            INT8,
            INT32,
            UINT32,
            DataType.INT64,
            DataType.FLOAT64,
            DataType.BOOLEAN,
            DataType.STRING,
            DataType.decimal(2, 0),
            DataType.decimal(3, 0),
            DataType.decimal(38, 4),
            DataType.timestamp(3),
            DataType.DATE);
    for (Datum value : extremes) {
      for (DataType target : targets) {
        if (DatumCasts.isTotal(value.type(), target)) {
          assertThat(DatumCasts.cast(value, target).isNull())
              .as("%s as %s", value, target)
              .isFalse();
        }
      }
    }
    assertThat(DatumCasts.isTotal(INT32, DataType.INT64)).isTrue();
    assertThat(DatumCasts.isTotal(UINT32, INT32)).isFalse();
    assertThat(DatumCasts.isTotal(DataType.decimal(3, 1), DataType.decimal(2, 0))).isFalse();
  }
}
