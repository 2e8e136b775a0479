package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.meta.procedure.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader stops writing and says where its WAL ends. Nobody renews its lease any more, so if it
 * does not answer, or has lost the region, it is asked until its lease has certainly run out; then
 * the whole log is replayed.
 *
 * <p>Writes are on hold. So the target claims the manifest while the leader stops, and is told to
 * take over while the state that does so is being stored; that state then joins what is under way.
 * Either may be lost without harm. The way back is under an epoch above the target's.
 *
 * @param epoch of the leader that is to stop
 */
record DowngradeLeader(RegionEpoch epoch) implements MigrationState {
  private static final Logger LOG = LoggerFactory.getLogger(DowngradeLeader.class);
  private static final long END_OF_LOG = -1;

  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    context.hint(
        context.move().to(), new RegionInstruction.ClaimManifest(context.region(), epoch.next()));
    return context
        .instruct(
            context.move().from(), new RegionInstruction.DowngradeRegion(context.region(), epoch))
        .handle(
            (reply, failure) ->
                failure == null
                    ? stopped(context, ((InstructionReply.Downgraded) reply).lastPosition())
                    : silent(context, TerraneException.of(failure)));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.of(new Restore(epoch.next().next(), reason));
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("epoch", epoch.value());
  }

  private Transition silent(MigrationContext context, TerraneException failure) {
    Duration left = context.environment().leases().remaining(context.region());
    if (left.isZero()) {
      LOG.info(
          "region {}: the lease of datanode {} has run out, it is replayed to the end of the log",
          context.region(),
          context.move().from(),
          failure);
      return stopped(context, END_OF_LOG);
    }
    Duration interval = context.environment().pollInterval().multipliedBy(10);
    return new Transition.Wait(
        left.compareTo(interval) < 0 ? left : interval,
        Optional.of(
            new TerraneException(
                failure.code(),
                "datanode "
                    + context.move().from()
                    + " does not stop, its lease runs out in "
                    + left.toMillis()
                    + " ms: "
                    + failure.getMessage(),
                failure)));
  }

  private Transition stopped(MigrationContext context, long position) {
    Instant deadline = context.environment().clock().instant().plus(context.move().replayTimeout());
    UpgradeCandidate upgrade = new UpgradeCandidate(epoch.next(), position, deadline);
    context.hint(context.move().to(), upgrade.instruction(context));
    return context.with(context.history().ended(position).led(epoch.next())).to(upgrade);
  }
}
