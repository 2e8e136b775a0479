package io.terrane.server.assembly;

import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.region.WriteStall;
import io.terrane.api.service.MembershipService;
import io.terrane.api.time.Scheduler;
import io.terrane.query.write.WriteStalls;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the metasrv that a frontend is there, and how long it held writes. Nothing depends on it
 * but what operators see.
 */
final class FrontendHeartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontendHeartbeat.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final NodeInfo self;
  private final MembershipService membership;
  private final WriteStalls stalls;
  private final Scheduler scheduler;
  private long sequence;
  private boolean failing;
  private volatile boolean closed;

  FrontendHeartbeat(
      NodeInfo self, MembershipService membership, WriteStalls stalls, Scheduler scheduler) {
    this.self = self;
    this.membership = membership;
    this.stalls = stalls;
    this.scheduler = scheduler;
  }

  void start() {
    if (closed) {
      return;
    }
    List<WriteStall> taken = stalls.take();
    membership
        .heartbeat(new Heartbeat(self, ++sequence, List.of(), taken))
        .whenComplete(
            (reply, failure) -> {
              if (failure != null && !failing) {
                LOG.warn("the metasrv does not answer heartbeats: {}", failure.getMessage());
              }
              failing = failure != null;
              if (failing) {
                stalls.putBack(taken);
              }
              scheduler.schedule(INTERVAL, this::start);
            });
  }

  @Override
  public void close() {
    closed = true;
  }
}
