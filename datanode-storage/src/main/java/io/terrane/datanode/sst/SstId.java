package io.terrane.datanode.sst;

import io.terrane.api.region.RegionEpoch;
import java.util.Objects;

/**
 * Name of a file: the epoch and manifest version it was written under and a number of try, so that
 * no two writers and no two tries ever give the same one.
 */
public record SstId(String name) {
  public SstId {
    Objects.requireNonNull(name, "name");
    if (!name.matches("[a-z0-9-]{1,80}")) {
      throw new IllegalArgumentException("invalid file id " + name);
    }
  }

  public static SstId of(RegionEpoch epoch, long manifestVersion, long number) {
    return new SstId("e" + epoch + "-m" + manifestVersion + "-" + number);
  }

  @Override
  public String toString() {
    return name;
  }
}
