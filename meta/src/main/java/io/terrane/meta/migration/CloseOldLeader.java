package io.terrane.meta.migration;

import io.terrane.api.error.TerraneException;
import io.terrane.meta.procedure.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The old leader forgets the region. Best effort: its next heartbeat would tell it as well. */
record CloseOldLeader() implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context.close(context.move().from()).thenApply(closed -> Transition.done());
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.empty();
  }
}
