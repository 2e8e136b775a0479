package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.meta.procedure.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way back before the leader was stopped: only the candidate is to be closed. */
record Abandon(TerraneException reason) implements MigrationState {
  @Override
  public ProcedureStatus status() {
    return ProcedureStatus.ROLLING_BACK;
  }

  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context
        .close(context.move().to())
        .thenApply(closed -> new Transition.Failed(reason, Transition.NO_EDIT));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException failure) {
    return Optional.empty();
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("errorCode", reason.code().number());
    node.put("reason", reason.getMessage());
  }
}
