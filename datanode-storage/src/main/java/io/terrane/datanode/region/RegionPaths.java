package io.terrane.datanode.region;

import io.terrane.api.region.RegionId;
import io.terrane.datanode.sst.SstId;
import io.terrane.objectstore.ObjectKey;

/** Where a region's objects lie in the bucket. */
public record RegionPaths(RegionId region) {
  /** Holds everything of the region. */
  public ObjectKey root() {
    return ObjectKey.of(
        "regions", region.table().toString(), Integer.toUnsignedString(region.number()));
  }

  public ObjectKey manifest() {
    return root().child("manifest");
  }

  public ObjectKey data() {
    return root().child("data");
  }

  public ObjectKey file(SstId id) {
    return data().child(id.name() + ".arrow");
  }
}
