package io.terrane.api.region;

/**
 * Grows each time leadership of a region changes hands, a restart of the leader included. Stamped
 * on WAL records, manifest edits and leases; whoever comes with a lower one is refused.
 */
public record RegionEpoch(long value) implements Comparable<RegionEpoch> {
  /** Epoch of a region's first leader. */
  public static final RegionEpoch FIRST = new RegionEpoch(1);

  public RegionEpoch {
    if (value < 1) {
      throw new IllegalArgumentException("region epoch " + value + " is below 1");
    }
  }

  public RegionEpoch next() {
    return new RegionEpoch(value + 1);
  }

  public boolean isBefore(RegionEpoch other) {
    return value < other.value;
  }

  @Override
  public int compareTo(RegionEpoch other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
