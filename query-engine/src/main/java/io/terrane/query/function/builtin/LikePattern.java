package io.terrane.query.function.builtin;

/**
 * A LIKE pattern: {@code %} any text, {@code _} one character, the escape character takes the next
 * one as it is. Linear in text times pattern at worst.
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
    int[] items = new int[points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (point == escape && i + 1 < points.length) {
        items[count++] = points[++i];
      } else if (point == '%') {
        if (count == 0 || items[count - 1] != ANY) {
          items[count++] = ANY;
        }
      } else {
        items[count++] = point == '_' ? ONE : point;
      }
    }
    return new LikePattern(items, count);
  }

  boolean matches(String text) {
    int at = 0;
    int item = 0;
    int resumeItem = -1;
    int resumeAt = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (item < count && items[item] == ANY) {
        resumeItem = ++item;
        resumeAt = at;
      } else if (item < count && (items[item] == ONE || items[item] == point)) {
        item++;
        at += Character.charCount(point);
      } else if (resumeItem >= 0) {
        resumeAt += Character.charCount(text.codePointAt(resumeAt));
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
}
