package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import java.util.Objects;

/**
 * The time index of a file's rows, both ends included.
 *
 * @param first TIMESTAMP that is not NULL
 * @param last likewise
 */
public record TimeRange(Datum first, Datum last) {
  public TimeRange {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
  }

  /** The second that holds the first instant, from 1970 on. */
  public long firstSecond() {
    return second(first);
  }

  public long lastSecond() {
    return second(last);
  }

  private static long second(Datum instant) {
    return Math.floorDiv((Long) instant.value(), instant.type().unitsPerSecond());
  }

  public boolean overlaps(TimeRange other) {
    return firstSecond() <= other.lastSecond() && other.firstSecond() <= lastSecond();
  }
}
