package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.meta.procedure.Transition;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The target opens the region from its manifest and begins to follow the WAL.
 *
 * @param deadline on the wall clock; a target that cannot open by then is given up
 */
record OpenCandidate(Instant deadline) implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context
        .instructTarget(context.openCandidate(), deadline)
        .thenApply(reply -> context.replayed((InstructionReply.Replay) reply).to(new FlushLeader()))
        .exceptionallyCompose(
            failure -> context.abandonIfHopeless(TerraneException.of(failure), deadline));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Abandon(reason));
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("deadline", deadline.toString());
  }
}
