package io.terrane.query.function.builtin;

import java.nio.charset.StandardCharsets;

/**
 * A LIKE pattern: {@code %} any text, {@code _} one character, the escape character takes the next
 * one as it is. Works on UTF-8 bytes; at worst text times pattern steps.
 */
final class LikePattern {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] items;
  private final int count;

  private LikePattern(int[] items, int count) {
    this.items = items;
    this.count = count;
  }

  /**
   * @param escape code point of the escape character, -1 for none
   */
  static LikePattern of(String pattern, int escape) {
    int[] points = pattern.codePoints().toArray();
    int[] items = new int[4 * points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      boolean escaped = point == escape && i + 1 < points.length;
      if (escaped) {
        point = points[++i];
      }
      if (!escaped && point == '%') {
        if (count == 0 || items[count - 1] != ANY) {
          items[count++] = ANY;
        }
      } else if (!escaped && point == '_') {
        items[count++] = ONE;
      } else {
        for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          items[count++] = each & 0xff;
        }
      }
    }
    return new LikePattern(items, count);
  }

  boolean matches(byte[] text, int from, int to) {
    int at = from;
    int item = 0;
    int resumeItem = -1;
    int resumeAt = 0;
    while (at < to) {
      if (item < count && items[item] == ANY) {
        resumeItem = ++item;
        resumeAt = at;
      } else if (item < count && items[item] == ONE) {
        item++;
        at = nextCharacter(text, at, to);
      } else if (item < count && items[item] == (text[at] & 0xff)) {
        item++;
        at++;
      } else if (resumeItem >= 0) {
        resumeAt = nextCharacter(text, resumeAt, to);
        at = resumeAt;
        item = resumeItem;
      } else {
        return false;
      }
    }
    while (item < count && items[item] == ANY) {
      item++;
    }
    return item == count;
  }

  private static int nextCharacter(byte[] text, int at, int to) {
    int next = at + 1;
    while (next < to && (text[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }
}
