package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes go on while the candidate reads the WAL; when little is missing the route is marked
 * downgrading. A candidate that the target has lost meanwhile is opened again.
 *
 * @param deadline on the wall clock, since it must outlive this metasrv; it bounds patience, not
 *     safety
 */
record CatchUp(Instant deadline) implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context
        .instruct(context.move().to(), new RegionInstruction.ReplayProgress(context.region()))
        .thenApply(reply -> judge(context, (InstructionReply.Replay) reply))
        .exceptionallyCompose(failure -> reopen(context, TerraneException.of(failure)));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Abandon(reason));
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("deadline", deadline.toString());
  }

  private Transition judge(MigrationContext context, InstructionReply.Replay progress) {
    MigrationEnvironment environment = context.environment();
    if (progress.lag() <= environment.catchUpLag()) {
      return new Transition.Continue(image -> downgrade(context, image));
    }
    if (environment.clock().instant().isBefore(deadline)) {
      return new Transition.Wait(environment.pollInterval());
    }
    return context.to(new Abandon(tooSlow(context, progress.lag() + " records short")));
  }

  private CompletableFuture<Transition> reopen(MigrationContext context, TerraneException failure) {
    if (failure.code() != ErrorCode.REGION_NOT_OPEN) {
      return context.abandonIfTargetIsDead(failure);
    }
    if (!context.environment().clock().instant().isBefore(deadline)) {
      TerraneException reason = tooSlow(context, "not open there");
      return CompletableFuture.completedFuture(context.to(new Abandon(reason)));
    }
    return context
        .instruct(context.move().to(), new RegionInstruction.OpenCandidate(context.spec()))
        .thenApply(reply -> new Transition.Wait(context.environment().pollInterval()));
  }

  private static Transition.Decision downgrade(MigrationContext context, MetadataImage image) {
    MetadataEdit edit =
        TableRoutes.downgrading(
            image,
            context.region(),
            context.move().from(),
            context.environment().clock().instant());
    RegionRoute route = image.catalog().findRegion(context.region()).orElseThrow();
    return new Transition.Decision(context.at(new DowngradeLeader(route.epoch())), edit);
  }

  private static TerraneException tooSlow(MigrationContext context, String how) {
    return new TerraneException(
        ErrorCode.TIMED_OUT,
        "region "
            + context.region().value()
            + " could not catch up on datanode "
            + context.move().to()
            + " within "
            + context.move().replayTimeout().toMillis()
            + " ms: still "
            + how);
  }
}
