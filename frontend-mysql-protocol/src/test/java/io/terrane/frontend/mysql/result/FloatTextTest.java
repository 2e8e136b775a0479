package io.terrane.frontend.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1.5, -1.5",
    "100, 100",
    "0.1, 0.1",
    "123456.789, 123456.789",
    "1e14, 100000000000000",
    "1e15, 1e15",
    "123456789012345680, 1.2345678901234568e17",
    "-1e20, -1e20",
    "1e-5, 0.00001",
    "1e-15, 0.000000000000001",
    "1e-16, 1e-16",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "2e23, 2e23",
    "5.684341886080802e-14, 0.00000000000005684341886080802"
  })
  void writesDoublesAsMySqlDoes(double value, String text) {
    assertThat(FloatText.of(value)).isEqualTo(text);
  }

  @Test
  void writesFloatsWithTheirOwnDigits() {
    assertThat(FloatText.of(0.1f)).isEqualTo("0.1");
    assertThat(FloatText.of(3.1415927f)).isEqualTo("3.1415927");
    assertThat(FloatText.of(1e20f)).isEqualTo("1e20");
    assertThat(FloatText.of(Float.NaN)).isEqualTo("NaN");
  }

  @Test
  void everyTextReadsBack() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertThat(Double.parseDouble(FloatText.of(value))).isEqualTo(value);
      }
    }
  }
}
