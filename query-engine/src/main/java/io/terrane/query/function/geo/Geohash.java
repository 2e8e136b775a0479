package io.terrane.query.function.geo;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cells of G. Niemeyer's geohash: bits of longitude and latitude in turn, written to base 32, each
 * character five bits.
 */
final class Geohash {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int LENGTH_MAX = 12;

  private Geohash() {}

  /** The cell that holds a place. */
  static String of(double latitude, double longitude, long length) {
    if (length < 1 || length > LENGTH_MAX) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid geohash resolution " + length + ", valid value range: [1, " + LENGTH_MAX + "]");
    }
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "no place is at " + latitude + ", " + longitude);
    }
    int bits = 5 * (int) length;
    return write(
        index(longitude, 180, (bits + 1) / 2), index(latitude, 90, bits / 2), (int) length);
  }

  /** The number of the interval of [-bound, bound) that holds a value, of 2^bits. */
  private static long index(double value, double bound, int bits) {
    long count = 1L << bits;
    long index = (long) Math.floor((value + bound) / (2 * bound) * count);
    return Math.min(count - 1, index);
  }

  private static String write(long x, long y, int length) {
    int bits = 5 * length;
    int xBits = (bits + 1) / 2;
    int yBits = bits / 2;
    StringBuilder text = new StringBuilder();
    int digit = 0;
    for (int i = 0; i < bits; i++) {
      long bit = i % 2 == 0 ? x >> (xBits - 1 - i / 2) & 1 : y >> (yBits - 1 - i / 2) & 1;
      digit = digit << 1 | (int) bit;
      if (i % 5 == 4) {
        text.append(DIGITS.charAt(digit));
        digit = 0;
      }
    }
    return text.toString();
  }

  /** The eight cells around, counterclockwise from the north; none beyond a pole. */
  static List<String> neighbours(double latitude, double longitude, long length) {
    of(latitude, longitude, length);
    int bits = 5 * (int) length;
    int xBits = (bits + 1) / 2;
    long x = index(longitude, 180, xBits);
    long y = index(latitude, 90, bits / 2);
    long rows = 1L << (bits / 2);
    int[][] steps = {{0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}, {1, 0}, {1, 1}};
    return Stream.of(steps)
        .filter(step -> y + step[1] >= 0 && y + step[1] < rows)
        .map(step -> write(x + step[0] & ((1L << xBits) - 1), y + step[1], (int) length))
        .toList();
  }
}
