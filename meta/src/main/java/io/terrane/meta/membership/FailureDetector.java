package io.terrane.meta.membership;

import io.terrane.api.node.NodeId;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Tells live datanodes from dead ones by their silence, on the monotonic clock: dead is who was
 * silent for {@code timeout}, or for so long that it is improbable by its own history ({@link
 * ArrivalHistory}), or who is silent and was found gone ({@link AbsenceProbe}). Says nothing about
 * leases: a datanode that is dead to this detector may still lead. Thread-safe.
 */
public final class FailureDetector {
  private final Ticker ticker;
  private final Limits limits;
  private final long startedNanos;
  private final Map<NodeId, ArrivalHistory> histories = new HashMap<>();
  private final Set<NodeId> gone = new HashSet<>();

  /**
   * @param interval at which nodes are expected to report
   * @param timeout a node that was silent for this long is dead in any case
   * @param phiMax a node is dead above this
   * @param pause how much longer than usual a node may be silent before phi grows
   */
  public record Limits(Duration interval, Duration timeout, double phiMax, Duration pause) {
    public Limits {
      Objects.requireNonNull(interval, "interval");
      Objects.requireNonNull(timeout, "timeout");
      Objects.requireNonNull(pause, "pause");
    }
  }

  public FailureDetector(Ticker ticker, Limits limits) {
    this.ticker = ticker;
    this.limits = limits;
    this.startedNanos = ticker.nanos();
  }

  synchronized void heard(NodeId node) {
    long now = ticker.nanos();
    ArrivalHistory known = histories.get(node);
    boolean wasGone = gone.remove(node);
    if (known != null && !wasGone && isAlive(known, now)) {
      known.heard(now);
    } else {
      // A gap that was a death says nothing about the node's rhythm.
      histories.put(node, new ArrivalHistory(limits.interval(), limits.pause(), now));
    }
  }

  /** It was heard of lately. */
  public synchronized boolean isAlive(NodeId node) {
    ArrivalHistory known = histories.get(node);
    return known != null && !gone.contains(node) && isAlive(known, ticker.nanos());
  }

  /** Who is alive and was not heard of for so long. */
  synchronized List<NodeId> silentFor(Duration time) {
    return histories.keySet().stream()
        .filter(this::isAlive)
        .filter(node -> isSilentFor(node, time))
        .sorted()
        .toList();
  }

  /** Whether the node is taken for dead until it is heard of: not if it was within that time. */
  synchronized boolean gone(NodeId node, Duration time) {
    return histories.containsKey(node) && isSilentFor(node, time) && gone.add(node);
  }

  private boolean isSilentFor(NodeId node, Duration time) {
    return histories.get(node).silenceNanos(ticker.nanos()) >= time.toNanos();
  }

  /** How improbable its present silence is; empty of nodes that were never heard. */
  synchronized OptionalDouble phi(NodeId node) {
    ArrivalHistory known = histories.get(node);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known.phi(ticker.nanos()));
  }

  /** Alive, or this metasrv has not listened long enough to say that it is not. */
  public boolean mayBeAlive(NodeId node) {
    return isAlive(node) || (!isKnown(node) && listened().compareTo(limits.timeout()) < 0);
  }

  /** This metasrv has heard of it at some time. */
  public synchronized boolean isKnown(NodeId node) {
    return histories.containsKey(node);
  }

  /** How long this detector has been listening. */
  public Duration listened() {
    return Duration.ofNanos(ticker.nanos() - startedNanos);
  }

  private boolean isAlive(ArrivalHistory history, long now) {
    return history.silenceNanos(now) < limits.timeout().toNanos()
        && history.phi(now) < limits.phiMax();
  }
}
