package io.terrane.meta.procedure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.meta.store.RegionClaim;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One state of a durable operation, with the step that leads out of it. Immutable: a step ends in a
 * {@link Transition} that names the next state.
 *
 * <p>The executor stores a state before it runs its step, so a step may run any number of times,
 * also on another metasrv, also after a run of it that was cut off half way; each run must be
 * harmless. A step fails with a TerraneException and decides nothing about it: kinds RETRY,
 * RESOURCE and OUTCOME_UNKNOWN are tried again by {@link RetryPolicy}, others and the last try end
 * in {@link #retreat}.
 */
public interface Procedure {
  /** For instance {@code metasrv-procedure::RegionMigration}: names the loader of the state. */
  String type();

  /** The state's name, for people. */
  String step();

  /** RUNNING, or ROLLING_BACK in states that undo. */
  default ProcedureStatus status() {
    return ProcedureStatus.RUNNING;
  }

  /** The same in all states of one procedure. */
  LockKeys lockKeys();

  /** Regions that nodes hold because of this procedure though no route says so. */
  default List<RegionClaim> claims() {
    return List.of();
  }

  /** Everything the loader needs to make this state again. */
  ObjectNode state();

  /** Runs the step. Must not block; the future may complete on any thread. */
  CompletableFuture<Transition> next();

  /** The same state, which may remember that a try of its step failed. */
  default Procedure afterFailure(TerraneException failure) {
    return this;
  }

  /** Where to go when somebody cancels it; empty: it cannot be cancelled (any more). */
  default Optional<Procedure> cancel(TerraneException reason) {
    return Optional.empty();
  }

  /** Where to go when this step has failed for good; empty: nothing is left to undo. */
  default Optional<Procedure> retreat(TerraneException reason) {
    return Optional.empty();
  }
}
