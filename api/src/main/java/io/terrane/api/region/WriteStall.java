package io.terrane.api.region;

import java.time.Duration;
import java.util.Objects;

/**
 * Writes that a frontend held while their region had no leader, since it last told.
 *
 * @param epoch of the leader that took them in the end
 * @param longest from the first try to the answer
 * @param writes how many were held, at least 1
 */
public record WriteStall(RegionId region, RegionEpoch epoch, Duration longest, long writes) {
  public WriteStall {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(epoch, "epoch");
    Objects.requireNonNull(longest, "longest");
  }

  /** Both together; they are of one region and epoch. */
  public WriteStall plus(WriteStall other) {
    return new WriteStall(
        region,
        epoch,
        longest.compareTo(other.longest) >= 0 ? longest : other.longest,
        writes + other.writes);
  }
}
