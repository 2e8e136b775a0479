package io.terrane.infoschema.table;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionStat;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What one datanode reports of one of its open regions. */
record StatRow(NodeId node, RegionStat stat) {

  /** All reports, by region, then by node. */
  static List<StatRow> of(ClusterView cluster) {
    return cluster.stats().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry -> entry.getValue().stream().map(stat -> new StatRow(entry.getKey(), stat)))
        .sorted(Comparator.comparing(row -> row.stat().region()))
        .toList();
  }

  int regionNumber() {
    return stat.region().number();
  }

  int tableId() {
    return stat.region().table().value();
  }
}
