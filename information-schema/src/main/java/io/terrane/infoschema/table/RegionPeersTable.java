package io.terrane.infoschema.table;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableName;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code region_peers}: which datanode leads each region, according to the statement's routes. A
 * migration's candidate is no peer before the route says so.
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
        .text("status", row -> row.region().route().state().name())
        .int64("down_seconds", row -> downSeconds(row, clock))
        .rows(context -> list(context.catalog(), reports.clusterOrNothing()));
  }

  private static List<Row> list(CatalogSnapshot catalog, ClusterView cluster) {
    Map<NodeId, String> addresses =
        cluster.nodes().stream()
            .map(NodeStatus::info)
            .filter(node -> node.role() == NodeRole.DATANODE)
            .collect(Collectors.toMap(NodeInfo::id, NodeInfo::address, (first, second) -> first));
    return RegionRow.of(catalog, cluster.leaderStats()).stream()
        .map(region -> new Row(region, addresses.get(region.route().leader())))
        .toList();
  }

  /** How long the leader has been told to stop; NULL while it is alive. */
  private static Long downSeconds(Row row, InstantSource clock) {
    return row.region()
        .route()
        .downgradingSince()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toSeconds()))
        .orElse(null);
  }

  /**
   * @param address null when the metasrv does not know the node or cannot be asked
   */
  private record Row(RegionRow region, String address) {}
}
