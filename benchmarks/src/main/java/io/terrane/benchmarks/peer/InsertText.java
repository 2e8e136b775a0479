package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import java.time.Instant;

/** Builds INSERT statements of many rows in MySQL's dialect. Used again and again by one thread. */
final class InsertText {
  private static final String HEAD =
      "INSERT INTO cpu ("
          + String.join(", ", CpuData.TAGS)
          + ", ts, "
          + String.join(", ", CpuData.METRICS)
          + ") VALUES ";

  private final StringBuilder text = new StringBuilder(HEAD);
  private int rows;
  private long lastTime = Long.MIN_VALUE;
  private String lastText = "";

  void add(String[] tags, long time, int[] metrics) {
    text.append(rows++ == 0 ? "('" : ", ('");
    for (String tag : tags) {
      text.append(tag).append("', '");
    }
    text.append(text(time)).append('\'');
    for (int metric : metrics) {
      text.append(", ").append(metric);
    }
    text.append(')');
  }

  private String text(long time) {
    if (time != lastTime) {
      lastTime = time;
      lastText = time(time);
    }
    return lastText;
  }

  /** A time as MySQL writes it. */
  static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString().replace('T', ' ').replace("Z", "");
  }

  /** The statement of one row, its values to be set. */
  static String prepared() {
    int columns = CpuData.TAGS.size() + 1 + CpuData.METRICS.size();
    return HEAD + "(" + "?, ".repeat(columns - 1) + "?)";
  }

  int rows() {
    return rows;
  }

  /** The statement; the next row begins another. */
  String take() {
    String statement = text.toString();
    text.setLength(HEAD.length());
    rows = 0;
    return statement;
  }
}
