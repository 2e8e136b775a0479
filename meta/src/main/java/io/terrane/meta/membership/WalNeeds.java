package io.terrane.meta.membership;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.TableRoute;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.RegionClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From where on each WAL topic is still needed; pure. What a region's leader reported last stays
 * true when it dies, as a region's needs only move forward. A region that was never reported holds
 * back its topic. One that is being created or dropped holds back all of them: the topic a region
 * is bound to stands in its route, and it has none then.
 */
final class WalNeeds {
  private WalNeeds() {}

  /**
   * The first position needed of every topic that regions are bound to, empty where it is not
   * known; nothing at all while there are regions without a route.
   */
  static Optional<Map<Integer, OptionalLong>> byTopic(
      MetadataImage image, Map<NodeId, List<RegionStat>> reports) {
    List<RegionClaim> claims =
        image.procedures().values().stream()
            .filter(record -> !record.isFinal())
            .flatMap(record -> record.claims().stream())
            .toList();
    boolean routed =
        claims.stream().allMatch(c -> image.catalog().findRegion(c.region()).isPresent());
    if (!routed) {
      return Optional.empty();
    }
    Map<Integer, OptionalLong> positions = new HashMap<>();
    for (TableRoute table : image.catalog().routes()) {
      for (RegionRoute route : table.regions()) {
        positions.merge(route.walTopic(), need(route, claims, reports), WalNeeds::earlier);
      }
    }
    return Optional.of(positions);
  }

  private static OptionalLong need(
      RegionRoute route, List<RegionClaim> claims, Map<NodeId, List<RegionStat>> reports) {
    OptionalLong need =
        reported(reports, route.leader(), route.region())
            .map(stat -> OptionalLong.of(stat.neededPosition()))
            .orElse(OptionalLong.empty());
    for (RegionClaim claim : claims) {
      Optional<RegionStat> candidate = reported(reports, claim.node(), route.region());
      if (claim.region().equals(route.region()) && candidate.isPresent()) {
        need = earlier(need, OptionalLong.of(candidate.get().neededPosition()));
      }
    }
    return need.isPresent() && need.getAsLong() >= 0 ? need : OptionalLong.empty();
  }

  private static Optional<RegionStat> reported(
      Map<NodeId, List<RegionStat>> reports, NodeId node, RegionId region) {
    return reports.getOrDefault(node, List.of()).stream()
        .filter(stat -> stat.region().equals(region))
        .findFirst();
  }

  private static OptionalLong earlier(OptionalLong left, OptionalLong right) {
    return left.isEmpty() || right.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(left.getAsLong(), right.getAsLong()));
  }
}
