package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.nio.charset.StandardCharsets;

/** A short text being written digit by digit, without garbage. */
final class Digits {
  private static final int CHARS_MAX = 48;
  static final int DECIMALS_MAX = 18;

  private static final long[] TENS = new long[DECIMALS_MAX + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i <= DECIMALS_MAX; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private final byte[] chars = new byte[CHARS_MAX];
  private int length;

  void clear() {
    length = 0;
  }

  void append(char character) {
    chars[length++] = (byte) character;
  }

  void append(long value) {
    if (value >= 0) {
      appendUnsigned(value);
    } else {
      append('-');
      appendUnsigned(-value);
    }
  }

  /** {@code value} taken as unsigned. */
  void appendUnsigned(long value) {
    if (value < 0) {
      appendUnsigned(Long.divideUnsigned(value, 10));
      append((char) ('0' + Long.remainderUnsigned(value, 10)));
      return;
    }
    appendPadded(value, count(value));
  }

  private static int count(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** The last {@code digits} digits of a value that is not negative, zeros in front. */
  void appendPadded(long value, int digits) {
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      chars[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /**
   * A number that is not negative, with a point before its last digits.
   *
   * @param decimals how many come behind the point, at most {@value #DECIMALS_MAX}
   */
  void appendDecimal(long value, int decimals) {
    if (decimals == 0) {
      appendUnsigned(value);
      return;
    }
    long ten = TENS[decimals];
    appendUnsigned(value / ten);
    append('.');
    appendPadded(value % ten, decimals);
  }

  /** As a length-encoded string. */
  void writeTo(PayloadWriter out) {
    out.writeUint8(length).writeBytes(chars, 0, length);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length, StandardCharsets.US_ASCII);
  }
}
