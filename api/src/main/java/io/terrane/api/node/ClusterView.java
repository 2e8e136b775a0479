package io.terrane.api.node;

import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionStat;
import java.util.List;
import java.util.Map;

/**
 * Nodes and region statistics as of the last heartbeats.
 *
 * @param leaderStats the statistics of each region as reported by its leader
 * @param stats all that was reported, by node
 * @param leases of every region
 * @param tasks wishes that many regions move
 */
public record ClusterView(
    List<NodeStatus> nodes,
    Map<RegionId, RegionStat> leaderStats,
    Map<NodeId, List<RegionStat>> stats,
    List<LeaseStatus> leases,
    List<MigrationTask> tasks) {
  public ClusterView {
    nodes = List.copyOf(nodes);
    leaderStats = Map.copyOf(leaderStats);
    stats = Map.copyOf(stats);
    leases = List.copyOf(leases);
    tasks = List.copyOf(tasks);
  }

  /** Without leases and tasks. */
  public ClusterView(
      List<NodeStatus> nodes,
      Map<RegionId, RegionStat> leaderStats,
      Map<NodeId, List<RegionStat>> stats) {
    this(nodes, leaderStats, stats, List.of(), List.of());
  }
}
