package io.terrane.frontend.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
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
  void noTextHasMoreDigitsThanItNeeds() {
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12) - 3);
      double rounded = Math.rint(value * 1000) / 1000;
      for (double each : new double[] {value, rounded, Math.rint(value), value / 3}) {
        String text = FloatText.of(each);
        assertThat(Double.parseDouble(text)).isEqualTo(each);
        assertThat(digits(new BigDecimal(text))).as(text).isEqualTo(fewest(each));
      }
    }
  }

  @Test
  void ofTheTextsWithFewestDigitsTheNearestIsWritten() {
    Random random = new Random(13);
    for (int i = 0; i < 5_000; i++) {
      double value =
          i % 2 == 0
              ? random.nextInt(1_000_000) / (double) (1 + random.nextInt(5_000))
              : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(19) - 3);
      BigDecimal exact = new BigDecimal(value);
      String text = FloatText.of(value);
      BigDecimal nearest = exact.round(new MathContext(Math.max(1, fewest(value))));
      assertThat(exact.subtract(new BigDecimal(text)).abs())
          .as(text)
          .isLessThanOrEqualTo(exact.subtract(nearest).abs());
    }
  }

  private static int fewest(double value) {
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal candidate = new BigDecimal(value).round(new MathContext(digits));
      if (candidate.doubleValue() == value) {
        return digits(candidate);
      }
    }
    return 17;
  }

  private static int digits(BigDecimal value) {
    return value.stripTrailingZeros().precision();
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
