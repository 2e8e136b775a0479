package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.meta.procedure.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One state of a {@link RegionMigration}; its simple name is its persisted tag. What leads where is
 * drawn there. See {@link io.terrane.meta.procedure.Procedure} for what a step may do.
 */
sealed interface MigrationState
    permits OpenCandidate,
        FlushLeader,
        CatchUp,
        DowngradeLeader,
        UpgradeCandidate,
        Verify,
        CloseOldLeader,
        Abandon,
        Restore {
  default String name() {
    return getClass().getSimpleName();
  }

  default ProcedureStatus status() {
    return ProcedureStatus.RUNNING;
  }

  CompletableFuture<Transition> next(MigrationContext context);

  /** Where to go when this step has failed for good; empty: nowhere. */
  Optional<MigrationState> retreat(TerraneException reason);

  /** Adds the fields that this state has beyond the move. */
  default void writeTo(ObjectNode node) {}
}
