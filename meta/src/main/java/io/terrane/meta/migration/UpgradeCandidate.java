package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.procedure.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The candidate replays what is missing, fences the WAL and leads. Writes are on hold, so there is
 * no patience beyond the replay timeout: everything else leads to {@link Restore}. The edit that
 * leads on makes it the leader in the route, which is the point of no return.
 *
 * @param epoch under which the candidate is to lead
 * @param position last WAL position of the old leader; negative: the end of the log
 * @param deadline until when an unreachable candidate is tried again
 */
record UpgradeCandidate(RegionEpoch epoch, long position, Instant deadline)
    implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    Duration replay = context.move().replayTimeout();
    return context
        .instruct(
            context.move().to(),
            instruction(context),
            replay.plus(context.environment().instructionTimeout()))
        .handle(
            (reply, failure) ->
                failure == null
                    ? context.move().options().verify()
                        ? context.to(new Verify(epoch, deadline))
                        : context.switching(epoch)
                    : decide(context, TerraneException.of(failure)));
  }

  RegionInstruction instruction(MigrationContext context) {
    return new RegionInstruction.UpgradeRegion(
        context.region(), epoch, position, context.move().replayTimeout());
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Restore(epoch.next(), reason));
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("epoch", epoch.value());
    node.put("position", position);
    node.put("deadline", deadline.toString());
  }

  private Transition decide(MigrationContext context, TerraneException failure) {
    MigrationEnvironment environment = context.environment();
    boolean passing =
        failure.code() == ErrorCode.NODE_UNREACHABLE
            && environment.detector().mayBeAlive(context.move().to())
            && environment.clock().instant().isBefore(deadline);
    return passing
        ? new Transition.Wait(environment.pollInterval().multipliedBy(4))
        : context.to(new Restore(epoch.next(), because(context, failure)));
  }

  private static TerraneException because(MigrationContext context, TerraneException failure) {
    return new TerraneException(
        failure.code(),
        "region "
            + context.region().value()
            + " could not be taken over by datanode "
            + context.move().to()
            + ": "
            + failure.getMessage(),
        failure);
  }
}
