package io.terrane.meta.membership;

import io.terrane.api.node.NodeId;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells live datanodes from dead ones by their silence, on the monotonic clock. Says nothing about
 * leases: a datanode that is dead to this detector may still lead. Thread-safe.
 */
public final class FailureDetector {
  private final Ticker ticker;
  private final long timeoutNanos;
  private final long startedNanos;
  private final Map<NodeId, Long> heardNanos = new ConcurrentHashMap<>();

  public FailureDetector(Ticker ticker, Duration timeout) {
    this.ticker = ticker;
    this.timeoutNanos = timeout.toNanos();
    this.startedNanos = ticker.nanos();
  }

  void heard(NodeId node) {
    heardNanos.put(node, ticker.nanos());
  }

  /** It was heard of within the timeout. */
  public boolean isAlive(NodeId node) {
    Long heard = heardNanos.get(node);
    return heard != null && ticker.nanos() - heard < timeoutNanos;
  }

  /** Alive, or this metasrv has not listened long enough to say that it is not. */
  public boolean mayBeAlive(NodeId node) {
    return isAlive(node)
        || (!heardNanos.containsKey(node) && ticker.nanos() - startedNanos < timeoutNanos);
  }
}
