package io.terrane.query.function.net;

import java.util.Optional;

/**
 * Texts of Internet addresses, without any look-up of names: IPv4 as four bytes, IPv6 as sixteen.
 */
final class IpAddress {
  static final int V4_BYTES = 4;
  static final int V6_BYTES = 16;

  private static final int WORDS = 8;

  private IpAddress() {}

  /** Four numbers, none with a leading zero. */
  static Optional<byte[]> parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4_BYTES) {
      return Optional.empty();
    }
    byte[] address = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int number = number(parts[i], 10, 3);
      if (number < 0 || number > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return Optional.empty();
      }
      address[i] = (byte) number;
    }
    return Optional.of(address);
  }

  /** Groups of hexadecimal digits, {@code ::} for zeros, the end perhaps as IPv4 (RFC 4291). */
  static Optional<byte[]> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<int[]> head = words(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<int[]> tail = gap < 0 ? Optional.of(new int[0]) : words(text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int given = head.get().length + tail.get().length;
    if (gap < 0 ? given != WORDS : given >= WORDS) {
      return Optional.empty();
    }
    byte[] address = new byte[V6_BYTES];
    for (int i = 0; i < head.get().length; i++) {
      put(address, i, head.get()[i]);
    }
    for (int i = 0; i < tail.get().length; i++) {
      put(address, WORDS - tail.get().length + i, tail.get()[i]);
    }
    return Optional.of(address);
  }

  private static Optional<int[]> words(String text, boolean mayEndInV4) {
    if (text.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String[] parts = text.split(":", -1);
    boolean isMixed = mayEndInV4 && parts[parts.length - 1].indexOf('.') >= 0;
    int[] words = new int[parts.length + (isMixed ? 1 : 0)];
    for (int i = 0; i < (isMixed ? parts.length - 1 : parts.length); i++) {
      words[i] = number(parts[i], 16, 4);
      if (words[i] < 0) {
        return Optional.empty();
      }
    }
    if (isMixed) {
      Optional<byte[]> end = parseV4(parts[parts.length - 1]);
      if (end.isEmpty()) {
        return Optional.empty();
      }
      words[words.length - 2] = word(end.get(), 0);
      words[words.length - 1] = word(end.get(), 1);
    }
    return Optional.of(words);
  }

  /** A number of one to {@code lengthMax} digits, -1 if it is none. */
  private static int number(String digits, int radix, int lengthMax) {
    if (digits.isEmpty() || digits.length() > lengthMax) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = radix * number + digit;
    }
    return number;
  }

  private static void put(byte[] address, int word, int value) {
    address[2 * word] = (byte) (value >> 8);
    address[2 * word + 1] = (byte) value;
  }

  private static int word(byte[] address, int word) {
    return (address[2 * word] & 0xff) << 8 | (address[2 * word + 1] & 0xff);
  }

  /** As RFC 5952 wants it, IPv4 inside IPv6 in its own form. */
  static String format(byte[] address) {
    if (address.length == V4_BYTES) {
      return formatV4(address, 0);
    }
    int gapFrom = WORDS;
    int gapLength = 1;
    for (int i = 0; i < WORDS; i++) {
      int length = 0;
      while (i + length < WORDS && word(address, i + length) == 0) {
        length++;
      }
      if (length > gapLength) {
        gapFrom = i;
        gapLength = length;
      }
    }
    boolean isMapped = gapFrom == 0 && gapLength == 5 && word(address, 5) == 0xffff;
    if (isMapped) {
      return "::ffff:" + formatV4(address, 12);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      if (i == gapFrom) {
        text.append("::");
        i += gapLength - 1;
      } else {
        boolean isFirst = i == 0 || i == gapFrom + gapLength;
        text.append(isFirst ? "" : ":").append(Integer.toHexString(word(address, i)));
      }
    }
    return text.toString();
  }

  private static String formatV4(byte[] address, int from) {
    return (address[from] & 0xff)
        + "."
        + (address[from + 1] & 0xff)
        + "."
        + (address[from + 2] & 0xff)
        + "."
        + (address[from + 3] & 0xff);
  }

  /** The address with all bits behind the first {@code bits} cleared. */
  static byte[] network(byte[] address, int bits) {
    byte[] network = address.clone();
    for (int i = 0; i < network.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - 8 * i));
      network[i] &= (byte) (0xff << (8 - kept));
    }
    return network;
  }
}
