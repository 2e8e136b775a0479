package io.terrane.meta;

import io.terrane.meta.failover.FailoverConfig;
import io.terrane.meta.procedure.RetryPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * The metasrv's settings.
 *
 * @param leaseDuration how long a datanode may lead a region after the heartbeat that was answered
 * @param leaseMargin added before a lease counts as run out, for clocks that differ in speed
 * @param heartbeatInterval how often nodes are expected to report
 * @param nodeTimeout a node that was silent for this long is dead
 * @param initialLeaseGrace how long leases that an earlier metasrv granted may still be valid; zero
 *     where the caller knows that no old process lives
 * @param heartbeatHold how long the answer to a heartbeat may wait for a route that is about to
 *     change in favour of its sender
 * @param instructionTimeout how long a datanode may take to answer an instruction that reads or
 *     writes little
 * @param flushTimeout how long a migration waits for the leader's flush before it goes on without
 * @param catchUpLag records of the WAL topic a candidate may lack when the leader is stopped
 * @param catchUpInterval how often a candidate is asked for its progress
 * @param walTopics number of WAL topics; regions take them in turn
 * @param snapshotEveryEdits metadata edits between two snapshots
 * @param procedureRetry how often and when a failed step is tried again
 * @param procedureRetention how long a finished procedure is kept at least
 * @param finishedProceduresMax above this many the oldest are forgotten before their time
 * @param runningProceduresMax above this many, further ones are refused
 * @param leaderTimeout among several metasrvs, one that has read nothing of the leader for this
 *     long takes the lead; zero: this one is alone, and leads as soon as it starts
 * @param failover when regions are moved off datanodes by themselves
 */
public record MetasrvConfig(
    Duration leaseDuration,
    Duration leaseMargin,
    Duration heartbeatInterval,
    Duration nodeTimeout,
    Duration initialLeaseGrace,
    Duration heartbeatHold,
    Duration instructionTimeout,
    Duration flushTimeout,
    long catchUpLag,
    Duration catchUpInterval,
    int walTopics,
    long snapshotEveryEdits,
    RetryPolicy procedureRetry,
    Duration procedureRetention,
    int finishedProceduresMax,
    int runningProceduresMax,
    Duration leaderTimeout,
    FailoverConfig failover) {
  public static final MetasrvConfig DEFAULT =
      new MetasrvConfig(
          Duration.ofSeconds(4),
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofMillis(4_200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          256,
          Duration.ofMillis(50),
          64,
          10_000,
          RetryPolicy.DEFAULT,
          Duration.ofDays(7),
          10_000,
          128,
          Duration.ZERO,
          FailoverConfig.DEFAULT);

  public MetasrvConfig {
    positive(leaseDuration, "leaseDuration");
    notNegative(leaseMargin, "leaseMargin");
    positive(heartbeatInterval, "heartbeatInterval");
    positive(nodeTimeout, "nodeTimeout");
    notNegative(initialLeaseGrace, "initialLeaseGrace");
    notNegative(heartbeatHold, "heartbeatHold");
    positive(instructionTimeout, "instructionTimeout");
    positive(flushTimeout, "flushTimeout");
    atLeast(catchUpLag, 0, "catchUpLag");
    positive(catchUpInterval, "catchUpInterval");
    atLeast(walTopics, 1, "walTopics");
    atLeast(snapshotEveryEdits, 1, "snapshotEveryEdits");
    Objects.requireNonNull(procedureRetry, "procedureRetry");
    notNegative(procedureRetention, "procedureRetention");
    atLeast(finishedProceduresMax, 1, "finishedProceduresMax");
    atLeast(runningProceduresMax, 1, "runningProceduresMax");
    notNegative(leaderTimeout, "leaderTimeout");
    Objects.requireNonNull(failover, "failover");
  }

  public MetasrvConfig withWalTopics(int count) {
    return with(
        leaseDuration,
        heartbeatInterval,
        nodeTimeout,
        initialLeaseGrace,
        count,
        leaderTimeout,
        failover);
  }

  public MetasrvConfig withInitialLeaseGrace(Duration grace) {
    return with(
        leaseDuration, heartbeatInterval, nodeTimeout, grace, walTopics, leaderTimeout, failover);
  }

  public MetasrvConfig withLeaderTimeout(Duration silence) {
    return with(
        leaseDuration,
        heartbeatInterval,
        nodeTimeout,
        initialLeaseGrace,
        walTopics,
        silence,
        failover);
  }

  public MetasrvConfig withFailover(FailoverConfig other) {
    return with(
        leaseDuration,
        heartbeatInterval,
        nodeTimeout,
        initialLeaseGrace,
        walTopics,
        leaderTimeout,
        other);
  }

  /** Other times for leases and nodes; the grace for earlier leases becomes duration and margin. */
  public MetasrvConfig withHeartbeats(Duration lease, Duration interval, Duration timeout) {
    return with(
        lease, interval, timeout, lease.plus(leaseMargin), walTopics, leaderTimeout, failover);
  }

  /** The one place that copies: whatever is not given stays. */
  private MetasrvConfig with(
      Duration lease,
      Duration interval,
      Duration timeout,
      Duration grace,
      int topics,
      Duration leaderSilence,
      FailoverConfig moves) {
    return new MetasrvConfig(
        lease,
        leaseMargin,
        interval,
        timeout,
        grace,
        heartbeatHold,
        instructionTimeout,
        flushTimeout,
        catchUpLag,
        catchUpInterval,
        topics,
        snapshotEveryEdits,
        procedureRetry,
        procedureRetention,
        finishedProceduresMax,
        runningProceduresMax,
        leaderSilence,
        moves);
  }

  private static void positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + " but must be positive");
    }
  }

  private static void notNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + " but may not be negative");
    }
  }

  private static void atLeast(long value, long least, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + " but must be at least " + least);
    }
  }
}
