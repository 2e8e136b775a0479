package io.terrane.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DatumTextTest {

  @Test
  void timesAreWrittenAsTimes() {
    assertThat(new Datum(DataType.TIMESTAMP_SECOND, 0L).display()).isEqualTo("1970-01-01 00:00:00");
    assertThat(new Datum(DataType.TIMESTAMP_MILLIS, -1L).display())
        .isEqualTo("1969-12-31 23:59:59.999");
    assertThat(new Datum(DataType.TIMESTAMP_NANOS, 1_704_067_200_000_000_001L).display())
        .isEqualTo("2024-01-01 00:00:00.000000001");
    assertThat(new Datum(DataType.DATE, 19_723L).display()).isEqualTo("2024-01-01");
    assertThat(new Datum(DataType.TIME, -(25 * 3600L) * 1_000_000 - 500_000).display())
        .isEqualTo("-25:00:00.500000");
  }

  @Test
  void othersAreWrittenAsTheyAre() {
    assertThat(Datum.ofNull(DataType.DATE).display()).isNull();
    assertThat(new Datum(DataType.UINT64, -1L).display()).isEqualTo("18446744073709551615");
    assertThat(Datum.ofBytes(new byte[] {1, (byte) 0xab}).display()).isEqualTo("0x01ab");
    assertThat(new Datum(DataType.decimal(5, 2), new BigDecimal("1.50")).display())
        .isEqualTo("1.50");
    assertThat(Datum.of("text").display()).isEqualTo("text");
  }
}
