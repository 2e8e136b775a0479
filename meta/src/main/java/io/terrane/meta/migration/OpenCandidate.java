package io.terrane.meta.migration;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.procedure.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The target opens the region from its manifest and begins to follow the WAL. */
record OpenCandidate() implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context
        .instruct(context.move().to(), new RegionInstruction.OpenCandidate(context.spec()))
        .thenApply(reply -> context.to(new FlushLeader()))
        .exceptionallyCompose(
            failure -> context.abandonIfTargetIsDead(TerraneException.of(failure)));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Abandon(reason));
  }
}
