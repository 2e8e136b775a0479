package io.terrane.frontend.mysql.result;

/**
 * Finds the fewest digits that read back as a number, of those the nearest to it. Scales the number
 * by an exact power of ten so that its first 15, 16 or 17 digits stand before the point; a fused
 * multiplication tells how far from a whole number that is, without rounding. Digits that are
 * nearer to the number than half the way to its neighbours read back as the number.
 */
final class ShortestDigits {
  private static final double VALUE_MIN = 1e-3;
  private static final double VALUE_MAX = 1e15;

  /** Numbers of so few digits are all read back as themselves. */
  private static final int DIGITS_SURE = 15;

  /** No number needs more. */
  private static final int DIGITS_MAX = 17;

  /** Nearer to half the way than this part of it, the rounding of the way itself might matter. */
  private static final double DOUBT = 1e-9;

  private static final long FRACTION = (1L << 52) - 1;

  /** All of them exact. */
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20
  };

  private ShortestDigits() {}

  /**
   * Writes a value behind {@code text}, in plain form; answers false, with nothing written, if the
   * value is too small or too great for that, or it takes a longer look.
   */
  static boolean append(double value, Digits text) {
    double size = Math.abs(value);
    boolean isPowerOfTwo = (Double.doubleToRawLongBits(size) & FRACTION) == 0;
    if (!(size >= VALUE_MIN && size < VALUE_MAX) || isPowerOfTwo) {
      return false;
    }
    int beforePoint = beforePoint(size);
    for (int digits = DIGITS_SURE; digits <= DIGITS_MAX; digits++) {
      int decimals = digits - beforePoint;
      double scaled = size * TENS[decimals];
      double whole = Math.rint(scaled);
      double rest = Math.fma(size, TENS[decimals], -whole);
      double correction = Math.rint(rest);
      double half = Math.ulp(size) / 2 * TENS[decimals];
      double way = Math.abs(rest - correction) / half;
      if (Math.abs(way - 1) < DOUBT) {
        return false;
      }
      if (way < 1) {
        return append((long) whole + (long) correction, decimals, value < 0, text);
      }
    }
    return false;
  }

  /** How many digits stand before the point; 0 or less where the first come behind it. */
  private static int beforePoint(double size) {
    int digits = 0;
    if (size >= 1) {
      while (size >= TENS[digits]) {
        digits++;
      }
    } else {
      while (size * TENS[1 - digits] < 1) {
        digits--;
      }
    }
    return digits;
  }

  private static boolean append(long number, int decimals, boolean negative, Digits text) {
    long shortened = number;
    int left = decimals;
    while (left > 0 && shortened % 10 == 0) {
      shortened /= 10;
      left--;
    }
    if (left > Digits.DECIMALS_MAX) {
      return false;
    }
    if (negative) {
      text.append('-');
    }
    text.appendDecimal(shortened, left);
    return true;
  }
}
