package io.terrane.meta.migration;

import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.membership.InstructionSender;
import io.terrane.meta.membership.RegionLeases;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What migrations work with.
 *
 * @param instructionTimeout how long a datanode may take for what needs no replay
 * @param flushTimeout how long the first flush may take before the migration goes on without
 * @param catchUpLag records of the WAL topic the candidate may lack when the leader is stopped
 * @param pollInterval how often something is looked at again
 */
public record MigrationEnvironment(
    MetadataStore store,
    InstructionSender sender,
    FailureDetector detector,
    RegionLeases leases,
    InstantSource clock,
    Duration instructionTimeout,
    Duration flushTimeout,
    long catchUpLag,
    Duration pollInterval) {
  public MigrationEnvironment {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(leases, "leases");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(instructionTimeout, "instructionTimeout");
    Objects.requireNonNull(flushTimeout, "flushTimeout");
    Objects.requireNonNull(pollInterval, "pollInterval");
  }
}
