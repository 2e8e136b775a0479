package io.terrane.meta.store;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import java.util.Objects;

/** A running procedure's leave for a node to hold a region that no route gives it. */
public record RegionClaim(RegionId region, NodeId node) {
  public RegionClaim {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(node, "node");
  }
}
