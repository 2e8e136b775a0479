package io.terrane.meta.membership;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.LeaseStatus;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.meta.store.MetadataImage;
import java.util.List;
import java.util.function.Supplier;

/** What operators see of nodes, leases and tasks. Thread-safe. */
public final class ClusterReport {
  private final NodeRegistry registry;
  private final FailureDetector detector;
  private final RegionLeases leases;
  private final Supplier<List<MigrationTask>> tasks;

  public ClusterReport(
      NodeRegistry registry,
      FailureDetector detector,
      RegionLeases leases,
      Supplier<List<MigrationTask>> tasks) {
    this.registry = registry;
    this.detector = detector;
    this.leases = leases;
    this.tasks = tasks;
  }

  public ClusterView of(MetadataImage image) {
    ClusterView seen = registry.view(image);
    return new ClusterView(
        seen.nodes().stream().map(this::withPhi).toList(),
        seen.leaderStats(),
        seen.stats(),
        image.catalog().routes().stream()
            .flatMap(route -> route.regions().stream())
            .map(
                region ->
                    new LeaseStatus(
                        region.region(),
                        region.leader(),
                        region.epoch(),
                        leases.remaining(region.region())))
            .toList(),
        tasks.get());
  }

  private NodeStatus withPhi(NodeStatus status) {
    if (status.info().role() != NodeRole.DATANODE || !detector.isKnown(status.info().id())) {
      return status;
    }
    return new NodeStatus(
        status.info(),
        detector.isAlive(status.info().id()),
        status.lastHeartbeat(),
        status.leaderRegions(),
        status.followerRegions(),
        detector.phi(status.info().id()));
  }
}
