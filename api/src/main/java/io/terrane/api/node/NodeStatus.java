package io.terrane.api.node;

import java.time.Instant;

/**
 * A node as the metasrv sees it.
 *
 * @param alive its last heartbeat is younger than the limit
 */
public record NodeStatus(
    NodeInfo info, boolean alive, Instant lastHeartbeat, int leaderRegions, int followerRegions) {}
