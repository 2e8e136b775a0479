package io.terrane.frontend.mysql.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point numbers as MySQL writes them: the fewest digits that read back as the same number,
 * plain between 1e-15 and 1e15, else with an exponent that has neither plus nor padding.
 */
final class FloatText {
  /** Where the point may lie, counted from the first digit, for the plain form. */
  private static final int POINT_MIN = -14;

  private static final int POINT_MAX = 15;

  /** Java versions before 19 may print a digit too many, and only in texts that are that long. */
  private static final int DIGITS_SUSPECT = 16;

  private FloatText() {}

  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value));
    if (shortest.precision() >= DIGITS_SUSPECT) {
      int digits = shortest.precision() - 1;
      // Next to a power of two the nearest shorter number may be another one and the farther not.
      for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits, mode));
        if (shorter.doubleValue() == value) {
          return format(shorter, isNegative(value));
        }
      }
    }
    return format(shortest, isNegative(value));
  }

  static String of(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return Float.toString(value);
    }
    return format(new BigDecimal(Float.toString(value)), isNegative(value));
  }

  private static boolean isNegative(double value) {
    return value < 0 || (value == 0 && 1 / value < 0);
  }

  private static String format(BigDecimal value, boolean negative) {
    if (value.signum() == 0) {
      return negative ? "-0" : "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int point = stripped.precision() - stripped.scale();
    if (point >= POINT_MIN && point <= POINT_MAX) {
      return stripped.toPlainString();
    }
    String digits = stripped.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(negative ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    return text.append('e').append(point - 1).toString();
  }
}
