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

  /**
   * Java's text is plain from here to 1e7, and then differs from MySQL's by a trailing ".0" only.
   */
  private static final double PLAIN_MIN = 1e-3;

  private static final double PLAIN_MAX = 1e7;

  /** Java versions before 19 may print a digit too many, and only if there are so many. */
  private static final int DIGITS_SUSPECT = 16;

  /**
   * Up to here integers and their quotients by {@link #TENS} are exact, and products near enough.
   */
  private static final long WHOLE_MAX = 1L << 49;

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private FloatText() {}

  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    Digits written = new Digits();
    if (append(value, written)) {
      return written.toString();
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

  /** Writes a value behind {@code text}, or answers false and has written nothing. */
  static boolean append(double value, Digits text) {
    return appendShort(value, text) || ShortestDigits.append(value, text);
  }

  /** With the fewest digits behind the point, if six are enough. */
  private static boolean appendShort(double value, Digits text) {
    for (int digits = 0; digits < TENS.length; digits++) {
      double scaled = value * TENS[digits];
      if (!(Math.abs(scaled) < WHOLE_MAX)) {
        return false;
      }
      long whole = Math.round(scaled);
      if (whole / TENS[digits] == value) {
        if (isNegative(value)) {
          text.append('-');
        }
        text.appendDecimal(Math.abs(whole), digits);
        return true;
      }
    }
    return false;
  }

  static String of(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return Float.toString(value);
    }
    if (isPlain(value)) {
      return withoutPointZero(Float.toString(value));
    }
    return format(new BigDecimal(Float.toString(value)), isNegative(value));
  }

  private static boolean isPlain(double value) {
    double absolute = Math.abs(value);
    return absolute >= PLAIN_MIN && absolute < PLAIN_MAX;
  }

  private static String withoutPointZero(String text) {
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
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
