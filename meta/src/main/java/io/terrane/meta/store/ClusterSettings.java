package io.terrane.meta.store;

import io.terrane.api.node.NodeId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What operators have set for the whole cluster; part of the image, so it outlives every process.
 *
 * @param maintenance no region is moved off a datanode because it is silent
 * @param drained datanodes that are to hold no region
 */
public record ClusterSettings(boolean maintenance, Set<NodeId> drained) {
  /** Nothing was ever set. */
  public static final ClusterSettings DEFAULT = new ClusterSettings(false, Set.of());

  public ClusterSettings {
    drained = Collections.unmodifiableSet(new TreeSet<>(drained));
  }

  public ClusterSettings draining(NodeId node) {
    Set<NodeId> more = new TreeSet<>(drained);
    more.add(node);
    return new ClusterSettings(maintenance, more);
  }

  public ClusterSettings notDraining(NodeId node) {
    Set<NodeId> fewer = new TreeSet<>(drained);
    fewer.remove(node);
    return new ClusterSettings(maintenance, fewer);
  }
}
