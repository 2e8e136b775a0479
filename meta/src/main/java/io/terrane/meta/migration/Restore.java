package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.procedure.Transition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back after the leader was stopped: the candidate is closed, the old leader leads again
 * under an epoch above the candidate's, which fences off whatever the candidate may still write.
 * The candidate never had a lease, so it has acknowledged nothing.
 *
 * <p>If the old leader does not confirm, the route still becomes its again, but under one epoch
 * more, which nobody was told; it is opened so when the node next reports.
 *
 * @param epoch under which the old leader is to lead
 */
record Restore(RegionEpoch epoch, TerraneException reason) implements MigrationState {
  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
  private static final long END_OF_LOG = -1;
  private static final Duration REPLAY_MIN = Duration.ofSeconds(60);

  @Override
  public ProcedureStatus status() {
    return ProcedureStatus.ROLLING_BACK;
  }

  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    return context
        .close(context.move().to())
        .thenCompose(closed -> lead(context))
        .handle((reply, failure) -> end(context, failure));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException failure) {
    return Optional.empty();
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("epoch", epoch.value());
    node.put("errorCode", reason.code().number());
    node.put("reason", reason.getMessage());
  }

  private CompletableFuture<InstructionReply> lead(MigrationContext context) {
    Duration asked = context.move().replayTimeout();
    Duration replay = asked.compareTo(REPLAY_MIN) < 0 ? REPLAY_MIN : asked;
    Duration patience = replay.plus(context.environment().instructionTimeout());
    NodeId from = context.move().from();
    return context
        .instruct(
            from,
            new RegionInstruction.UpgradeRegion(context.region(), epoch, END_OF_LOG, replay),
            patience)
        .exceptionallyCompose(
            failure ->
                TerraneException.of(failure).code() == ErrorCode.REGION_NOT_OPEN
                    ? context.instruct(
                        from, new RegionInstruction.OpenRegion(context.spec(), epoch), patience)
                    : CompletableFuture.failedFuture(failure));
  }

  private Transition end(MigrationContext context, Throwable failure) {
    RegionMove move = context.move();
    if (failure != null) {
      LOG.warn(
          "region {} goes back to datanode {}, which does not confirm it",
          move.region(),
          move.from(),
          TerraneException.of(failure));
    }
    RegionEpoch leading = failure == null ? epoch : epoch.next();
    return new Transition.Failed(
        reason, image -> TableRoutes.restoring(image, move.region(), move.from(), leading));
  }
}
