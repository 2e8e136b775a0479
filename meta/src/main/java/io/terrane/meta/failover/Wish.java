package io.terrane.meta.failover;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.region.RegionRoute;
import java.util.Optional;

/**
 * A region that is not where it should be.
 *
 * @param to where it is to go; empty: wherever there is room
 */
record Wish(RegionRoute route, MigrationReason reason, Optional<NodeId> to) {}
