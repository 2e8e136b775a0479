package io.terrane.meta.migration;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One migration's task, tools and past, as its states see them. */
record MigrationContext(
    RegionMove move, MigrationEnvironment environment, MigrationHistory history) {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationContext.class);

  RegionId region() {
    return move.region();
  }

  Transition to(MigrationState next) {
    return Transition.to(at(next));
  }

  Transition to(MigrationState next, Function<MetadataImage, MetadataEdit> author) {
    return Transition.to(at(next), author);
  }

  /** A state that is entered now. */
  Procedure at(MigrationState state) {
    MigrationHistory entered = history.entering(state.name(), environment.clock().instant());
    return new RegionMigration(with(entered), state);
  }

  MigrationContext with(MigrationHistory longer) {
    return new MigrationContext(move, environment, longer);
  }

  /** Notes how far the candidate has read. */
  MigrationContext replayed(InstructionReply.Replay progress) {
    return with(history.replayed(progress));
  }

  /**
   * The route names the target, which leads under {@code epoch}: from here there is no way back.
   */
  Transition switching(RegionEpoch epoch) {
    return to(
        new CloseOldLeader(),
        image -> TableRoutes.switching(image, move.region(), move.from(), move.to(), epoch));
  }

  /** To the target, which may have opened the region already. */
  RegionInstruction openCandidate() {
    long rate = environment.store().image().settings().replayBytesPerSecond();
    return new RegionInstruction.OpenCandidate(spec(), rate);
  }

  /** What a datanode must know to open the region. */
  RegionSpec spec() {
    CatalogSnapshot catalog = environment.store().image().catalog();
    TableInfo table =
        catalog.findTable(region().table()).orElseThrow(() -> gone("its table is dropped"));
    RegionRoute route = catalog.findRegion(region()).orElseThrow(() -> gone("it has no route"));
    return new RegionSpec(region(), table, route.walTopic());
  }

  CompletableFuture<InstructionReply> instruct(
      NodeId node, RegionInstruction instruction, Duration timeout) {
    return environment.sender().send(node, instruction, timeout);
  }

  CompletableFuture<InstructionReply> instruct(NodeId node, RegionInstruction instruction) {
    return instruct(node, instruction, environment.instructionTimeout());
  }

  /** Tells a node what it will be told again and waited for; what becomes of it does not matter. */
  void hint(NodeId node, RegionInstruction instruction) {
    instruct(node, instruction)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                LOG.debug("datanode {} did not take the hint {}", node, instruction, failure);
              }
            });
  }

  /**
   * Waits for the target's answer until the deadline at most, but gives it a moment in any case.
   */
  CompletableFuture<InstructionReply> instructTarget(
      RegionInstruction instruction, Instant deadline) {
    Duration left = Duration.between(environment.clock().instant(), deadline);
    Duration least = environment.pollInterval();
    Duration most = environment.instructionTimeout();
    Duration patience = left.compareTo(least) < 0 ? least : left.compareTo(most) > 0 ? most : left;
    return instruct(move.to(), instruction, patience);
  }

  boolean isPast(Instant deadline) {
    return !environment.clock().instant().isBefore(deadline);
  }

  /**
   * A failure at a target that is dead, or that has had its time, ends the move; any other is the
   * executor's to judge.
   */
  CompletableFuture<Transition> abandonIfHopeless(TerraneException failure, Instant deadline) {
    if (isPast(deadline)) {
      return CompletableFuture.completedFuture(to(new Abandon(tooSlow(failure.getMessage()))));
    }
    boolean dead =
        failure.code() == ErrorCode.NODE_UNREACHABLE
            && !environment.detector().mayBeAlive(move.to());
    return dead
        ? CompletableFuture.completedFuture(to(new Abandon(failure)))
        : CompletableFuture.failedFuture(failure);
  }

  /** The target has not replayed within the time it was given. */
  TerraneException tooSlow(String why) {
    return new TerraneException(
        ErrorCode.TIMED_OUT,
        "region "
            + region().value()
            + " could not catch up on datanode "
            + move.to()
            + " within "
            + move.replayTimeout().toMillis()
            + " ms: "
            + why);
  }

  /**
   * Tells a node to close the region; completes normally in any case. A node that did not hear it
   * is told again in the answer to its next heartbeat.
   */
  CompletableFuture<Void> close(NodeId node) {
    return instruct(node, new RegionInstruction.CloseRegion(region()))
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                LOG.info(
                    "datanode {} has not confirmed to close region {}: {}",
                    node,
                    region(),
                    TerraneException.of(failure).getMessage());
              }
              return null;
            });
  }

  private TerraneException gone(String why) {
    return new TerraneException(
        ErrorCode.REGION_NOT_FOUND, "region " + region().value() + " cannot be moved: " + why);
  }
}
