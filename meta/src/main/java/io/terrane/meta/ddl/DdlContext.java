package io.terrane.meta.ddl;

import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.membership.InstructionSender;
import io.terrane.meta.placement.PlacementPolicy;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What DDL procedures work with.
 *
 * @param instructionTimeout how long a datanode may take for one instruction
 */
public record DdlContext(
    MetadataStore store,
    InstructionSender sender,
    FailureDetector detector,
    PlacementPolicy placement,
    InstantSource clock,
    int walTopics,
    Duration instructionTimeout) {
  public DdlContext {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(instructionTimeout, "instructionTimeout");
  }
}
