package io.terrane.meta.failover;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.region.RegionRoute;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.store.MetadataImage;
import java.util.List;
import java.util.Optional;

/** Which regions should be elsewhere, why, and which datanodes may take them. Thread-safe. */
final class Wishes {
  private final FailureDetector detector;
  private final FailoverConfig config;

  Wishes(FailureDetector detector, FailoverConfig config) {
    this.detector = detector;
    this.config = config;
  }

  List<Wish> of(MetadataImage image) {
    return image.catalog().routes().stream()
        .flatMap(route -> route.regions().stream())
        .flatMap(route -> wish(image, route).stream())
        .toList();
  }

  /** Datanodes that may get a region. */
  List<NodeId> targets(MetadataImage image) {
    return image.nodes().keySet().stream().filter(node -> mayTake(image, node)).toList();
  }

  boolean mayTake(MetadataImage image, NodeId node) {
    return detector.isAlive(node) && !image.settings().drained().contains(node);
  }

  private Optional<Wish> wish(MetadataImage image, RegionRoute route) {
    NodeId leader = route.leader();
    if (isDead(leader) && config.enabled() && !image.settings().maintenance()) {
      return Optional.of(new Wish(route, MigrationReason.FAILOVER, Optional.empty()));
    }
    NodeId target = image.settings().tableTargets().get(route.region().table());
    if (target != null && !target.equals(leader)) {
      return Optional.of(new Wish(route, MigrationReason.TABLE, Optional.of(target)));
    }
    return image.settings().drained().contains(leader)
        ? Optional.of(new Wish(route, MigrationReason.DRAIN, Optional.empty()))
        : Optional.empty();
  }

  private boolean isDead(NodeId node) {
    return detector.isKnown(node)
        ? !detector.isAlive(node)
        : detector.listened().compareTo(config.unknownAfter()) >= 0;
  }
}
