package io.terrane.api.service;

import io.terrane.api.node.NodeId;

/** The datanodes by number. */
@FunctionalInterface
public interface Datanodes {
  /** Never fails and never blocks: an unreachable node answers its calls with NODE_UNREACHABLE. */
  RegionService at(NodeId node);
}
