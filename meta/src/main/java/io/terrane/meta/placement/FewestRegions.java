package io.terrane.meta.placement;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import io.terrane.meta.store.MetadataImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each region goes to the node with the fewest regions, the lowest number among equals. Regions
 * that running procedures are about to put somewhere count too.
 */
public final class FewestRegions implements PlacementPolicy {
  @Override
  public List<NodeId> place(MetadataImage image, Collection<NodeId> alive, int count) {
    Map<NodeId, Set<RegionId>> held = new TreeMap<>();
    alive.forEach(node -> held.put(node, new HashSet<>()));
    image.catalog().routes().stream()
        .flatMap(route -> route.regions().stream())
        .filter(region -> held.containsKey(region.leader()))
        .forEach(region -> held.get(region.leader()).add(region.region()));
    image.procedures().values().stream()
        .flatMap(record -> record.claims().stream())
        .filter(claim -> held.containsKey(claim.node()))
        .forEach(claim -> held.get(claim.node()).add(claim.region()));
    Map<NodeId, Integer> counts = new TreeMap<>();
    held.forEach((node, regions) -> counts.put(node, regions.size()));
    List<NodeId> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodeId best = fewest(counts);
      counts.merge(best, 1, Integer::sum);
      chosen.add(best);
    }
    return chosen;
  }

  private static NodeId fewest(Map<NodeId, Integer> counts) {
    return counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
