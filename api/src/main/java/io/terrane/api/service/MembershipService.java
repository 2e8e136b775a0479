package io.terrane.api.service;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import java.util.concurrent.CompletableFuture;

/** Who is there, and who may lead what. */
public interface MembershipService {
  /**
   * Registers the node on its first call. Repeating a heartbeat renews nothing beyond its own time.
   */
  CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat);

  /** Nodes and statistics as of their last heartbeats. */
  CompletableFuture<ClusterView> cluster();
}
