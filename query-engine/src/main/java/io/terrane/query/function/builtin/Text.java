package io.terrane.query.function.builtin;

/** Characters of a text as SQL counts them: code points, positions from 1. */
final class Text {
  /** What no function's result may exceed; beyond it the result is NULL. */
  static final int BYTES_MAX = 64 << 20;

  private Text() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** {@code count} characters after the first {@code skip}, less where the text ends. */
  static String slice(String text, long skip, long count) {
    int length = length(text);
    int from = (int) Math.max(0, Math.min(skip, length));
    int to = (int) Math.max(from, Math.min(count > length ? length : from + count, length));
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  /** SUBSTRING: a negative position counts from the end, 0 gives nothing. */
  static String substring(String text, long position, long count) {
    int length = length(text);
    long skip = position < 0 ? length + position : position - 1;
    return position == 0 || skip < 0 || count <= 0 ? "" : slice(text, skip, count);
  }

  /** Position of {@code part} at or behind position {@code from}, 0 if there is none. */
  static long locate(String part, String text, long from) {
    if (from < 1 || from > length(text) + 1L) {
      return 0;
    }
    int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from - 1));
    return found < 0 ? 0 : text.codePointCount(0, found) + 1;
  }
}
