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
import java.time.Duration;
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
  /**
   * An answer takes the target a look into the bucket and one into the log. So do, while writes are
   * on hold, its claim beside the downgrade, and then the fence, the switch and the lease.
   */
  private static final int ROUND_TRIPS = 3;

  /** A candidate replays at least ten records a millisecond. */
  static final Duration PER_RECORD = Duration.ofNanos(100_000);

  /**
   * A candidate whose memtable is full waits for a flush, and the leader may have heard of none: it
   * may have been silent when it was to flush.
   */
  private static final Duration FLUSH_AGAIN = Duration.ofSeconds(10);

  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    Instant asked = context.environment().clock().instant();
    return context
        .instructTarget(new RegionInstruction.ReplayProgress(context.region()), deadline)
        .thenApply(reply -> judge(context, (InstructionReply.Replay) reply, asked))
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

  private Transition judge(
      MigrationContext context, InstructionReply.Replay progress, Instant asked) {
    MigrationEnvironment environment = context.environment();
    Duration roundTrip = Duration.between(asked, environment.clock().instant());
    Duration stall =
        roundTrip.multipliedBy(ROUND_TRIPS).plus(PER_RECORD.multipliedBy(progress.lag()));
    Optional<Duration> missed =
        context.move().options().stallBudget().filter(budget -> stall.compareTo(budget) > 0);
    if (progress.lag() <= environment.catchUpLag() && missed.isEmpty()) {
      MigrationContext caughtUp = context.replayed(progress);
      return new Transition.Continue(image -> downgrade(caughtUp, image));
    }
    if (!context.isPast(deadline)) {
      if (progress.lag() > environment.catchUpLag() && isFlushDue(context, asked)) {
        context.hint(context.move().from(), new RegionInstruction.FlushRegion(context.region()));
      }
      return new Transition.Wait(environment.pollInterval());
    }
    return context
        .replayed(progress)
        .to(new Abandon(context.tooSlow(shortage(progress.lag(), stall, missed))));
  }

  /** Whether the time for another flush has come since the candidate was last asked. */
  private static boolean isFlushDue(MigrationContext context, Instant asked) {
    MigrationEnvironment environment = context.environment();
    Instant entered = context.history().lastEntered();
    Duration now = Duration.between(entered, environment.clock().instant());
    Duration before = Duration.between(entered, asked.minus(environment.pollInterval()));
    return now.dividedBy(FLUSH_AGAIN) > before.dividedBy(FLUSH_AGAIN);
  }

  private static String shortage(long lag, Duration stall, Optional<Duration> missedBudget) {
    return "it is still "
        + lag
        + " records short"
        + missedBudget
            .map(
                budget ->
                    ", and writes would be held for about "
                        + stall.toMillis()
                        + " ms, over the budget of "
                        + budget.toMillis()
                        + " ms")
            .orElse("");
  }

  private CompletableFuture<Transition> reopen(MigrationContext context, TerraneException failure) {
    if (failure.code() != ErrorCode.REGION_NOT_OPEN || context.isPast(deadline)) {
      return context.abandonIfHopeless(failure, deadline);
    }
    return context
        .instructTarget(context.openCandidate(), deadline)
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
}
