package io.terrane.meta.migration;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableInfo;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.util.Optional;

/** The checks of a move's arguments before it starts, each with its own code and message. */
public final class MigrationChecks {
  private static final Duration REPLAY_TIMEOUT_MAX = Duration.ofDays(7);

  private MigrationChecks() {}

  /** The table of the region, if the move may start. */
  public static TableInfo check(
      ProcedureRequest.MigrateRegion move, MetadataImage image, FailureDetector detector) {
    if (move.replayTimeout().isNegative() || move.replayTimeout().isZero()) {
      throw invalid(
          "the replay timeout must be positive, not " + move.replayTimeout().toSeconds() + " s");
    }
    if (move.replayTimeout().compareTo(REPLAY_TIMEOUT_MAX) > 0) {
      throw invalid(
          "the replay timeout may be "
              + REPLAY_TIMEOUT_MAX.toSeconds()
              + " s at most, not "
              + move.replayTimeout().toSeconds()
              + " s");
    }
    if (move.from().equals(move.to())) {
      throw invalid("the from_peer_id can't equal the to_peer_id: both are " + move.from());
    }
    RegionRoute route = route(move.region(), image);
    checkKnown("from_peer", move.from(), image);
    checkKnown("to_peer", move.to(), image);
    checkAlive(move.to(), detector);
    checkNotDrained(move.to(), image);
    checkLeader(move, route);
    checkNotRunning(move.region(), image);
    return image.catalog().findTable(move.region().table()).orElseThrow();
  }

  private static RegionRoute route(RegionId region, MetadataImage image) {
    // A number without a table id is the id of no region, and has no two halves to print.
    Optional<RegionRoute> route =
        region.value() < 0 ? Optional.empty() : image.catalog().findRegion(region);
    return route.orElseThrow(
        () ->
            new TerraneException(
                ErrorCode.REGION_NOT_FOUND, "region " + region.value() + " does not exist"));
  }

  private static void checkKnown(String which, NodeId node, MetadataImage image) {
    if (!image.nodes().containsKey(node)) {
      throw new TerraneException(
          ErrorCode.NODE_NOT_FOUND,
          "the " + which + " " + node + " is no datanode of this cluster");
    }
  }

  private static void checkAlive(NodeId node, FailureDetector detector) {
    if (!detector.isAlive(node)) {
      throw new TerraneException(
          ErrorCode.NODE_NOT_ALIVE,
          "the to_peer " + node + " is not alive: it sends no heartbeats");
    }
  }

  private static void checkNotDrained(NodeId node, MetadataImage image) {
    if (image.settings().drained().contains(node)) {
      throw invalid(
          "the to_peer " + node + " is being drained; undrain_datanode(" + node + ") ends that");
    }
  }

  private static void checkLeader(ProcedureRequest.MigrateRegion move, RegionRoute route) {
    long region = move.region().value();
    if (route.leader().equals(move.to())) {
      throw new TerraneException(
          ErrorCode.REGION_ALREADY_THERE,
          "region " + region + " is already led by the to_peer " + move.to());
    }
    if (!route.leader().equals(move.from())) {
      throw new TerraneException(
          ErrorCode.REGION_LED_ELSEWHERE,
          "region "
              + region
              + " is led by datanode "
              + route.leader()
              + ", not by the from_peer "
              + move.from());
    }
  }

  private static void checkNotRunning(RegionId region, MetadataImage image) {
    for (ProcedureRecord record : image.procedures().values()) {
      boolean same =
          record.type().equals(RegionMigration.TYPE)
              && record.state().path("region").asLong() == region.value();
      if (same && !record.isFinal()) {
        throw new TerraneException(
            ErrorCode.MIGRATION_RUNNING,
            "another migration procedure is running for region "
                + region.value()
                + ": "
                + record.id());
      }
    }
  }

  private static TerraneException invalid(String message) {
    return new TerraneException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
