package io.terrane.meta.membership;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.service.Datanodes;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks datanodes whose heartbeat is overdue whether anybody listens at their address. A connection
 * that is refused says that the process is gone, sooner than its silence can. As with silence, a
 * wrong belief costs a move and no row: leases are waited out all the same. Thread-safe, never
 * blocks.
 */
public final class AbsenceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(AbsenceProbe.class);

  /** Of no region: whoever lives answers that it does not have it. */
  private static final RegionInstruction QUESTION =
      new RegionInstruction.ReplayProgress(new RegionId(0));

  private final Datanodes datanodes;
  private final FailureDetector detector;
  private final Scheduler scheduler;
  private final Duration interval;
  private volatile boolean stopped;

  /**
   * @param interval of heartbeats: after two of them one is overdue
   */
  public AbsenceProbe(
      Datanodes datanodes, FailureDetector detector, Scheduler scheduler, Duration interval) {
    this.datanodes = datanodes;
    this.detector = detector;
    this.scheduler = scheduler;
    this.interval = interval;
  }

  public void start() {
    scheduler.schedule(interval.dividedBy(2), this::lookAndGoOn);
  }

  public void stop() {
    stopped = true;
  }

  private void lookAndGoOn() {
    if (!stopped) {
      detector.silentFor(overdue()).forEach(this::ask);
      start();
    }
  }

  private Duration overdue() {
    return interval.multipliedBy(2);
  }

  private void ask(NodeId node) {
    call(node)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null
                  && TerraneException.of(failure).code() == ErrorCode.NODE_UNREACHABLE
                  && detector.gone(node, overdue())) {
                LOG.info("nobody listens at datanode {}, which is silent", node);
              }
            });
  }

  private CompletableFuture<InstructionReply> call(NodeId node) {
    try {
      return datanodes.at(node).instruct(QUESTION);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
