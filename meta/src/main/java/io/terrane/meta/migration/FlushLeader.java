package io.terrane.meta.migration;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.procedure.Transition;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leader writes its memtables to files, so that less is to be replayed. Best effort. */
record FlushLeader() implements MigrationState {
  private static final Logger LOG = LoggerFactory.getLogger(FlushLeader.class);

  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    MigrationEnvironment environment = context.environment();
    return context
        .instruct(
            context.move().from(),
            new RegionInstruction.FlushRegion(context.region()),
            environment.flushTimeout())
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                LOG.info(
                    "region {} moves without a flush: {}",
                    context.region(),
                    TerraneException.of(failure).getMessage());
              }
              Instant deadline = environment.clock().instant().plus(context.move().replayTimeout());
              return context.to(new CatchUp(deadline));
            });
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Abandon(reason));
  }
}
