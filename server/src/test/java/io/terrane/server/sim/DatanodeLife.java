package io.terrane.server.sim;

import io.terrane.api.node.NodeId;
import io.terrane.datanode.Datanode;
import io.terrane.datanode.HeartbeatTask;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One life of a datanode. */
record DatanodeLife(
    NodeId id, SimulatedProcess process, Datanode regions, HeartbeatTask heartbeats) {
  Optional<SimulatedProcess> running() {
    return Optional.of(process).filter(SimulatedProcess::isAlive);
  }

  /** As by kill -9 to the rest of the world; completes when its memory is free. */
  CompletableFuture<Void> kill() {
    process.crash();
    heartbeats.close();
    return regions.shutDown().whenComplete((done, problem) -> regions.close());
  }
}
