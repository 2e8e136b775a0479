package io.terrane.meta.placement;

import io.terrane.api.node.NodeId;
import io.terrane.meta.store.MetadataImage;
import java.util.Collection;
import java.util.List;

/** Decides which datanodes lead new regions. */
@FunctionalInterface
public interface PlacementPolicy {
  /**
   * One node for each of {@code count} regions.
   *
   * @param alive the nodes to choose from, not empty
   */
  List<NodeId> place(MetadataImage image, Collection<NodeId> alive, int count);
}
