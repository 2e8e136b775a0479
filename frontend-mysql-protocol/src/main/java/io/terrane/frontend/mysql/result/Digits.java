package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.nio.charset.StandardCharsets;

/** A short text being written digit by digit, without garbage. */
final class Digits {
  private static final int CHARS_MAX = 48;

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
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    appendPadded(value, digits);
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

  void writeTo(PayloadWriter out) {
    out.writeUint8(length).writeBytes(chars, 0, length);
  }

  @Override
  public String toString() {
    return new String(chars, 0, length, StandardCharsets.US_ASCII);
  }
}
