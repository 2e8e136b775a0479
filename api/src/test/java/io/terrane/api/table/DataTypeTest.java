package io.terrane.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataTypeTest {
  private static final List<DataType> ALL =
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
          DataType.decimal(38, 10),
          DataType.decimal(65, 30),
          DataType.STRING,
          DataType.BINARY,
          DataType.DATE,
          DataType.TIME,
          DataType.TIMESTAMP_SECOND,
          DataType.TIMESTAMP_MILLIS,
          DataType.TIMESTAMP_MICROS,
          DataType.TIMESTAMP_NANOS);

  @Test
  void everyTypeComesBackFromItsArrowForm() {
    assertThat(ALL.stream().map(DataType::kind).distinct()).hasSize(DataType.Kind.values().length);
    for (DataType type : ALL) {
      assertThat(DataType.ofArrow(type.arrowType())).isEqualTo(type);
    }
  }

  @Test
  void impossiblePrecisionsAreRefused() {
    assertThatThrownBy(() -> DataType.decimal(66, 0)).hasMessageContaining("66");
    assertThatThrownBy(() -> DataType.decimal(5, 6)).hasMessageContaining("DECIMAL");
    assertThatThrownBy(() -> DataType.timestamp(4)).hasMessageContaining("TIMESTAMP");
  }

  @Test
  void everyValueComesBackFromItsText() {
    for (Datum datum :
        List.of(
            Datum.of(true),
            Datum.of(Long.MIN_VALUE),
            Datum.of(-0.0),
            Datum.of("a'b\n"),
            Datum.ofBytes(new byte[] {0, -1, 7}),
            new Datum(DataType.decimal(10, 3), new java.math.BigDecimal("-1.500")),
            new Datum(DataType.UINT64, -1L),
            new Datum(DataType.TIMESTAMP_NANOS, 1L),
            Datum.ofNull(DataType.DATE))) {
      assertThat(Datum.parse(datum.type(), datum.text())).isEqualTo(datum);
    }
  }

  @Test
  void valuesHaveOneOrder() {
    assertThat(Datums.compare(Datum.ofNull(DataType.INT64), Datum.of(Long.MIN_VALUE))).isNegative();
    assertThat(Datums.compare(new Datum(DataType.UINT64, -1L), new Datum(DataType.UINT64, 1L)))
        .isPositive();
    assertThat(Datums.compare(Datum.of("Z"), Datum.of("a"))).isNegative();
    assertThat(Datums.compare(Datum.of("ü"), Datum.of("z"))).isPositive();
    assertThat(Datums.compare(Datum.of(Double.NaN), Datum.of(Double.POSITIVE_INFINITY)))
        .isPositive();
  }
}
