package io.terrane.api.region;

/** Grows with every edit of a table's route. */
public record RouteVersion(long value) implements Comparable<RouteVersion> {
  public static final RouteVersion FIRST = new RouteVersion(1);

  public RouteVersion next() {
    return new RouteVersion(value + 1);
  }

  @Override
  public int compareTo(RouteVersion other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
