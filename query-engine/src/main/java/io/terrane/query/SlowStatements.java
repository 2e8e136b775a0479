package io.terrane.query;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has statements that took long written to a log: one line each, the text cut, and no more than a
 * few lines a second, the others being counted in the next line. Thread-safe.
 */
final class SlowStatements {
  static final int TEXT_MAX = 1_000;
  static final int LINES_PER_SECOND = 10;

  private final long nanosMin;
  private final Consumer<String> log;
  private long secondBegan;
  private int lines;
  private long unwritten;

  /**
   * @param least what counts as long; 0 for nothing
   */
  SlowStatements(Duration least, Consumer<String> log) {
    this.nanosMin = least.toNanos();
    this.log = log;
  }

  /** A statement has given its last row, or failed; the time its client took to read counts. */
  void ended(String text, long connection, String user, long startedNanos, long nowNanos) {
    long nanos = nowNanos - startedNanos;
    if (nanosMin == 0 || nanos < nanosMin) {
      return;
    }
    long before = take(nowNanos);
    if (before >= 0) {
      log.accept(
          "slow statement: "
              + TimeUnit.NANOSECONDS.toMillis(nanos)
              + " ms, connection "
              + connection
              + ", user "
              + user
              + (before > 0 ? ", " + before + " others not written" : "")
              + ": "
              + cut(text));
    }
  }

  /** How many were not written since the last line; -1 if this one is not to be written either. */
  private synchronized long take(long nowNanos) {
    if (lines == 0 || nowNanos - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
      secondBegan = nowNanos;
      lines = 0;
    }
    if (lines == LINES_PER_SECOND) {
      unwritten++;
      return -1;
    }
    lines++;
    long before = unwritten;
    unwritten = 0;
    return before;
  }

  private static String cut(String text) {
    String line = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + " ..." : text;
    return line.replace('\n', ' ').replace('\r', ' ');
  }
}
