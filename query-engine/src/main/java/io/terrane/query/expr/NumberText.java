package io.terrane.query.expr;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Numbers written as text, read and written as MySQL does: the longest numeric prefix counts, a
 * text without one is 0.
 *
 * @param text the numeric prefix, possibly empty
 * @param complete nothing but blanks follows, and there is a number at all
 */
record NumberText(String text, boolean complete) {
  static NumberText of(String source) {
    int length = source.length();
    int from = 0;
    while (from < length && Character.isWhitespace(source.charAt(from))) {
      from++;
    }
    int at = from;
    if (at < length && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    int digitsFrom = at;
    at = digits(source, at);
    int digitCount = at - digitsFrom;
    if (at < length && source.charAt(at) == '.') {
      int fraction = digits(source, at + 1);
      digitCount += fraction - at - 1;
      at = fraction;
    }
    if (digitCount == 0) {
      return new NumberText("", false);
    }
    if (at < length && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < length && (source.charAt(exponent) == '-' || source.charAt(exponent) == '+')) {
        exponent++;
      }
      int end = digits(source, exponent);
      at = end > exponent ? end : at;
    }
    return new NumberText(source.substring(from, at), source.substring(at).isBlank());
  }

  private static int digits(String source, int from) {
    int at = from;
    while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** NaN, an infinity, or 0 for any other text that is no number. */
  static double notFinite(String source) {
    String word = source.strip().toLowerCase(Locale.ROOT);
    boolean negative = word.startsWith("-");
    return switch (negative || word.startsWith("+") ? word.substring(1) : word) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> 0;
    };
  }

  double toDouble() {
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  BigDecimal toDecimal() {
    if (text.isEmpty()) {
      return BigDecimal.ZERO;
    }
    // Exponents beyond anything a DECIMAL holds would make digits by the million.
    double magnitude = Math.abs(toDouble());
    if (magnitude > 1e80 || (magnitude < 1e-80 && magnitude >= 0 && text.length() < 64)) {
      return magnitude > 1 ? new BigDecimal(toDouble() > 0 ? "1e80" : "-1e80") : BigDecimal.ZERO;
    }
    return new BigDecimal(text);
  }

  /** The integer at the front only: {@code 1.9} is 1. */
  BigDecimal toInteger() {
    int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    end = digits(text, end);
    String prefix = text.substring(0, end);
    return prefix.isEmpty() || prefix.equals("-") || prefix.equals("+")
        ? BigDecimal.ZERO
        : new BigDecimal(prefix);
  }

  /** The shortest text that reads back as the same number, exponents only where MySQL has them. */
  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return plain(Double.toString(value), value);
  }

  static String of(float value) {
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return Float.toString(value);
    }
    return plain(Float.toString(value), value);
  }

  private static String plain(String shortest, double value) {
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude >= 1e15 || magnitude < 1e-15)) {
      BigDecimal stripped = new BigDecimal(shortest).stripTrailingZeros();
      String digits = stripped.unscaledValue().abs().toString();
      int exponent = digits.length() - 1 - stripped.scale();
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
    String plain = new BigDecimal(shortest).toPlainString();
    return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
  }
}
