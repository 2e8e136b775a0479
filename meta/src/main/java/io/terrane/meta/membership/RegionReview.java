package io.terrane.meta.membership;

import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.store.MetadataImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a datanode's report means in the light of the routes.
 *
 * @param leadable routes for which the node gets a lease: alive, led by it, open there as LEADER
 *     under the route's epoch
 * @param instructions what it is to open and close, and which regions have missed that their table
 *     was altered. A region that is not open as the route says is opened: an instruction that has
 *     no further effect where the report was merely written before the route changed, or where
 *     opening is under way
 * @param odd regions it holds under a higher epoch than their route's, with the route's. Only what
 *     is odd twice is closed, since a report may be ahead of the route; the next one then lacks it
 */
record RegionReview(
    List<RegionRoute> leadable,
    List<RegionInstruction> instructions,
    Map<RegionId, RegionEpoch> odd) {
  static RegionReview of(MetadataImage image, Heartbeat heartbeat, RegionReview previous) {
    NodeId node = heartbeat.node().id();
    Map<RegionId, RegionStat> reported =
        heartbeat.regions().stream()
            .collect(Collectors.toMap(RegionStat::region, stat -> stat, (a, b) -> b));
    List<RegionRoute> leadable = new ArrayList<>();
    List<RegionInstruction> instructions = new ArrayList<>();
    Map<RegionId, RegionEpoch> odd = new HashMap<>();
    for (RegionRoute route : TableRoutes.ledBy(image, node)) {
      RegionStat stat = reported.remove(route.region());
      if (!route.isWritable()) {
        continue; // its migration decides
      }
      if (stat != null && route.epoch().isBefore(stat.epoch())) {
        odd.put(route.region(), route.epoch());
        if (previous != null && route.epoch().equals(previous.odd().get(route.region()))) {
          instructions.add(new RegionInstruction.CloseRegion(route.region()));
        }
      } else if (stat != null
          && stat.role() == RegionRole.LEADER
          && stat.epoch().equals(route.epoch())) {
        leadable.add(route);
        spec(image, route)
            .filter(spec -> spec.table().schema().version() > stat.schemaVersion())
            .ifPresent(spec -> instructions.add(new RegionInstruction.AlterRegion(spec)));
      } else {
        spec(image, route)
            .ifPresent(
                spec -> instructions.add(new RegionInstruction.OpenRegion(spec, route.epoch())));
      }
    }
    for (RegionId region : reported.keySet()) {
      if (!isClaimed(image, region, node)) {
        instructions.add(new RegionInstruction.CloseRegion(region));
      }
    }
    return new RegionReview(leadable, instructions, odd);
  }

  /**
   * Regions that the node led at its previous report and does not have any more. What it still had
   * in flight for them carries their old epoch, so they must not be opened under it again.
   */
  static List<RegionRoute> lost(Heartbeat heartbeat, RegionReview previous) {
    if (previous == null || previous.leadable.isEmpty()) {
      return List.of();
    }
    Set<RegionId> reported =
        heartbeat.regions().stream().map(RegionStat::region).collect(Collectors.toSet());
    return previous.leadable.stream().filter(r -> !reported.contains(r.region())).toList();
  }

  /** A running procedure needs the region there. */
  static boolean isClaimed(MetadataImage image, RegionId region, NodeId node) {
    return image.procedures().values().stream()
        .filter(record -> !record.isFinal())
        .flatMap(record -> record.claims().stream())
        .anyMatch(claim -> claim.region().equals(region) && claim.node().equals(node));
  }

  private static Optional<RegionSpec> spec(MetadataImage image, RegionRoute route) {
    return image
        .catalog()
        .findTable(route.region().table())
        .map(table -> new RegionSpec(route.region(), table, route.walTopic()));
  }
}
