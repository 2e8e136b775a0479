package io.terrane.meta.store;

import io.terrane.api.node.NodeId;
import io.terrane.api.table.TableId;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators have set for the whole cluster; part of the image, so it outlives every process.
 *
 * @param maintenance no region is moved off a datanode because it is silent
 * @param drained datanodes that are to hold no region
 * @param movesMax how many regions move at once, unless asked for by hand; empty: as configured
 * @param replayBytesPerSecond what the candidates of one datanode may read of the log; 0: any
 * @param tableTargets tables whose regions are all to go to one datanode
 */
public record ClusterSettings(
    boolean maintenance,
    Set<NodeId> drained,
    OptionalInt movesMax,
    long replayBytesPerSecond,
    Map<TableId, NodeId> tableTargets) {
  /** Nothing was ever set. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(false, Set.of(), OptionalInt.empty(), 0, Map.of());

  public ClusterSettings {
    drained = Collections.unmodifiableSet(new TreeSet<>(drained));
    tableTargets = Collections.unmodifiableMap(new TreeMap<>(tableTargets));
  }

  public ClusterSettings withMaintenance(boolean on) {
    return new ClusterSettings(on, drained, movesMax, replayBytesPerSecond, tableTargets);
  }

  public ClusterSettings withLimits(int moves, long bytesPerSecond) {
    return new ClusterSettings(
        maintenance, drained, OptionalInt.of(moves), bytesPerSecond, tableTargets);
  }

  public ClusterSettings draining(NodeId node) {
    Set<NodeId> more = new TreeSet<>(drained);
    more.add(node);
    return new ClusterSettings(maintenance, more, movesMax, replayBytesPerSecond, tableTargets);
  }

  public ClusterSettings notDraining(NodeId node) {
    Set<NodeId> fewer = new TreeSet<>(drained);
    fewer.remove(node);
    return new ClusterSettings(maintenance, fewer, movesMax, replayBytesPerSecond, tableTargets);
  }

  public ClusterSettings sending(TableId table, NodeId to) {
    Map<TableId, NodeId> more = new TreeMap<>(tableTargets);
    more.put(table, to);
    return new ClusterSettings(maintenance, drained, movesMax, replayBytesPerSecond, more);
  }

  public ClusterSettings notSending(Set<TableId> tables) {
    Map<TableId, NodeId> fewer = new TreeMap<>(tableTargets);
    fewer.keySet().removeAll(tables);
    return new ClusterSettings(maintenance, drained, movesMax, replayBytesPerSecond, fewer);
  }
}
