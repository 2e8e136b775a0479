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

  /** Java versions before 19 may print a digit too many, and only in texts that are that long. */
  private static final int DIGITS_SUSPECT = 16;

  /**
   * Up to here integers and their quotients by {@link #TENS} are exact, and products near enough.
   */
  private static final long WHOLE_MAX = 1L << 49;

  /** Integers up to here have a form as floating point number of their own. */
  private static final long EXACT_MAX = 1L << 53;

  private static final double[] EXACT_TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private FloatText() {}

  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    String few = ofFewDigits(value);
    if (few != null) {
      return few;
    }
    String text = Double.toString(value);
    if (isPlain(value)) {
      String known =
          text.length() <= DIGITS_SUSPECT ? withoutPointZero(text) : shortened(text, value);
      if (known != null) {
        return known;
      }
    }
    BigDecimal shortest = new BigDecimal(text);
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

  /** Null unless six digits behind the point are enough: then the fewest that are. */
  private static String ofFewDigits(double value) {
    for (int digits = 0; digits < TENS.length; digits++) {
      double scaled = value * TENS[digits];
      if (Math.abs(scaled) >= WHOLE_MAX) {
        return null;
      }
      long whole = Math.round(scaled);
      if (whole / TENS[digits] == value) {
        return whole == 0 ? format(BigDecimal.ZERO, isNegative(value)) : withPoint(whole, digits);
      }
    }
    return null;
  }

  private static String withPoint(long whole, int digits) {
    String text = Long.toString(Math.abs(whole));
    StringBuilder result = new StringBuilder(text.length() + 3).append(whole < 0 ? "-" : "");
    if (text.length() <= digits) {
      return result.append("0.").append("0".repeat(digits - text.length())).append(text).toString();
    }
    int point = text.length() - digits;
    result.append(text, 0, point);
    return digits == 0
        ? result.toString()
        : result.append('.').append(text, point, text.length()).toString();
  }

  /**
   * The text with a digit less if that still reads back as the value, else as it is; null if that
   * cannot be told by a division of exact numbers.
   */
  private static String shortened(String text, double value) {
    int point = text.indexOf('.');
    int decimals = text.length() - point - 1;
    long digits = Long.parseLong(text.substring(0, point) + text.substring(point + 1));
    long last = Math.abs(digits % 10);
    long toZero = digits / 10;
    long away = toZero + (digits < 0 ? -1 : 1);
    if (last == 5 || last == 0 || Math.abs(away) > EXACT_MAX || decimals - 1 >= EXACT_TENS.length) {
      return null;
    }
    double scale = EXACT_TENS[decimals - 1];
    if (last < 5 && toZero / scale == value) {
      return withPoint(toZero, decimals - 1);
    }
    return away / scale == value ? withPoint(away, decimals - 1) : text;
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
