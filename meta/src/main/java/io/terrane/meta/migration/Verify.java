package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.procedure.Transition;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Both sides read every row: the old leader, which has stopped, and the candidate, which leads and
 * has no lease yet, so neither changes. If they differ the old leader leads on. Where it does not
 * answer any more there is nothing to compare with, and that is what is noted.
 *
 * @param epoch under which the candidate leads
 * @param deadline after which the old leader's silence is taken as final
 */
record Verify(RegionEpoch epoch, Instant deadline) implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    CompletableFuture<Optional<InstructionReply.Checksum>> before =
        checksum(context, context.move().from())
            .thenApply(Optional::of)
            .exceptionallyCompose(failure -> orNothing(context, TerraneException.of(failure)));
    return before.thenCombine(
        checksum(context, context.move().to()),
        (old, now) ->
            old.map(then -> compare(context, then, now))
                .orElseGet(
                    () -> go(context, "not compared: the old leader does not answer any more")));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Restore(epoch.next(), reason));
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("epoch", epoch.value());
    node.put("deadline", deadline.toString());
  }

  private static CompletableFuture<InstructionReply.Checksum> checksum(
      MigrationContext context, NodeId node) {
    return context
        .instruct(
            node,
            new RegionInstruction.ChecksumRegion(context.region()),
            context.move().replayTimeout())
        .thenApply(InstructionReply.Checksum.class::cast);
  }

  private CompletableFuture<Optional<InstructionReply.Checksum>> orNothing(
      MigrationContext context, TerraneException failure) {
    boolean gone =
        !context.environment().detector().mayBeAlive(context.move().from())
            || failure.code() == ErrorCode.REGION_NOT_OPEN
            || context.isPast(deadline);
    return gone
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(failure);
  }

  private Transition compare(
      MigrationContext context, InstructionReply.Checksum old, InstructionReply.Checksum now) {
    if (old.rows() == now.rows() && old.checksum() == now.checksum()) {
      return go(
          context,
          String.format(
              Locale.ROOT,
              "equal: %d rows, checksum %016x, sequence %d",
              now.rows(),
              now.checksum(),
              now.sequence()));
    }
    return context.to(
        new Restore(
            epoch.next(),
            new TerraneException(
                ErrorCode.VERIFICATION_FAILED,
                String.format(
                    Locale.ROOT,
                    "datanode %s holds %d rows (checksum %016x), datanode %s %d (%016x)",
                    context.move().from(),
                    old.rows(),
                    old.checksum(),
                    context.move().to(),
                    now.rows(),
                    now.checksum()))));
  }

  private Transition go(MigrationContext context, String found) {
    return context.with(context.history().verified(found)).switching(epoch);
  }
}
