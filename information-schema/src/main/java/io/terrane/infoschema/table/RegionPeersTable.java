package io.terrane.infoschema.table;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableName;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code region_peers}: which datanode leads each region, according to the statement's routes. A
 * migration's candidate is no peer before the route says so. {@code status} is the route's, or DOWN
 * when the leader sends no heartbeats.
 */
public final class RegionPeersTable {

  private RegionPeersTable() {}

  public static SystemTable<?> create(ClusterReports reports, InstantSource clock) {
    return SystemTable.<Row>named(29, "region_peers")
        .text("table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.region().table().name().database())
        .text("table_name", row -> row.region().table().name().table())
        .uint64("region_id", row -> row.region().route().region().value())
        .uint64("peer_id", row -> row.region().route().leader().value())
        .text("peer_addr", Row::address)
        .text("is_leader", row -> "Yes")
        .text("status", Row::status)
        .int64("down_seconds", row -> row.downSeconds(clock))
        .rows(context -> list(context.catalog(), reports.clusterOrNothing()));
  }

  private static List<Row> list(CatalogSnapshot catalog, ClusterView cluster) {
    Map<NodeId, NodeStatus> datanodes =
        cluster.nodes().stream()
            .filter(node -> node.info().role() == NodeRole.DATANODE)
            .collect(
                Collectors.toMap(
                    node -> node.info().id(), Function.identity(), (first, second) -> first));
    return RegionRow.of(catalog, cluster.leaderStats()).stream()
        .map(region -> new Row(region, datanodes.get(region.route().leader())))
        .toList();
  }

  /**
   * @param leader null when the metasrv does not know the node or cannot be asked
   */
  private record Row(RegionRow region, NodeStatus leader) {
    String address() {
      return leader == null ? null : leader.info().address();
    }

    boolean isDown() {
      return leader != null && !leader.alive() && region.route().isWritable();
    }

    String status() {
      return isDown() ? "DOWN" : region.route().state().name();
    }

    /** Since the leader was told to stop, or since its last heartbeat; NULL while it serves. */
    Long downSeconds(InstantSource clock) {
      Optional<Instant> since =
          isDown() ? Optional.of(leader.lastHeartbeat()) : region.route().downgradingSince();
      return since
          .map(instant -> Math.max(0, Duration.between(instant, clock.instant()).toSeconds()))
          .orElse(null);
    }
  }
}
