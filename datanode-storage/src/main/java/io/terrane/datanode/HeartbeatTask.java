package io.terrane.datanode;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.service.MembershipService;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the metasrv, at an interval and when a region asks, what is open here; hands the leases it
 * answers to the regions, counted from before the heartbeat was sent, and carries out its
 * instructions. One heartbeat is under way at a time. Thread-safe; never blocks.
 */
public final class HeartbeatTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatTask.class);

  /** Two heartbeats are at least this far apart. */
  private static final Duration EARLY = Duration.ofMillis(20);

  private final Datanode datanode;
  private final NodeInfo node;
  private final MembershipService membership;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final Duration interval;
  private Scheduler.Cancellable next = () -> {};
  private boolean underWay;
  private boolean wantedAgain;
  private boolean earlyPlanned;
  private boolean closed;
  private long sequence;
  private long lastSentNanos;

  public HeartbeatTask(
      Datanode datanode,
      DatanodeConfig config,
      NodeInfo node,
      MembershipService membership,
      Scheduler scheduler,
      Ticker ticker) {
    this.datanode = datanode;
    this.node = node;
    this.membership = membership;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.interval = config.heartbeatInterval();
  }

  /** Sends the first heartbeat, and goes on until closed. */
  public void start() {
    datanode.onHeartbeatWanted(this::soon);
    send();
  }

  /** Sends a heartbeat before the interval has passed. */
  private synchronized void soon() {
    if (underWay) {
      wantedAgain = true;
    } else if (!earlyPlanned && !closed) {
      earlyPlanned = true;
      plan(early());
    }
  }

  private Duration early() {
    Duration since = Duration.ofNanos(ticker.nanos() - lastSentNanos);
    return since.compareTo(EARLY) < 0 ? EARLY.minus(since) : Duration.ZERO;
  }

  private void plan(Duration delay) {
    next.cancel();
    next = scheduler.schedule(delay, this::send);
  }

  private void send() {
    Heartbeat heartbeat;
    long sentNanos;
    synchronized (this) {
      if (closed || underWay) {
        return;
      }
      underWay = true;
      earlyPlanned = false;
      wantedAgain = false;
      heartbeat = new Heartbeat(node, ++sequence, datanode.stats());
      sentNanos = ticker.nanos();
      lastSentNanos = sentNanos;
    }
    membership
        .heartbeat(heartbeat)
        .whenComplete((reply, problem) -> answered(sentNanos, reply, problem));
  }

  private void answered(long sentNanos, HeartbeatReply reply, Throwable problem) {
    if (problem != null) {
      LOG.warn("heartbeat failed: {}", TerraneException.of(problem).getMessage());
    } else {
      reply.leases().forEach(lease -> datanode.grant(lease, sentNanos));
      reply.instructions().forEach(this::carryOut);
    }
    synchronized (this) {
      underWay = false;
      if (closed) {
        return;
      }
      earlyPlanned = wantedAgain;
      plan(wantedAgain ? early() : interval);
    }
  }

  private void carryOut(RegionInstruction instruction) {
    datanode
        .instruct(instruction)
        .whenComplete(
            (reply, problem) -> {
              if (problem != null) {
                report(instruction, TerraneException.of(problem));
              }
            });
  }

  private static void report(RegionInstruction instruction, TerraneException problem) {
    if (problem.kind() == ErrorKind.RETRY) {
      LOG.warn("cannot carry out {}: {}", instruction, problem.getMessage());
    } else {
      LOG.error("cannot carry out {}", instruction, problem);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
  }
}
