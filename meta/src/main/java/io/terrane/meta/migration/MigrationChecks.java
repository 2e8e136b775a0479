package io.terrane.meta.migration;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableInfo;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checks of a move's arguments before it starts, each with its own code and message. */
public final class MigrationChecks {
  private static final Duration REPLAY_TIMEOUT_MAX = Duration.ofDays(7);

  private MigrationChecks() {}

  /** The table of the region, if the move may start. */
  public static TableInfo check(
      ProcedureRequest.MigrateRegion move, MetadataImage image, FailureDetector detector) {
    checks(move, image, detector).values().forEach(Runnable::run);
    return image.catalog().findTable(move.region().table()).orElseThrow();
  }

  /** Every check with what it found. */
  static List<MigrationPlan.Check> results(
      ProcedureRequest.MigrateRegion move, MetadataImage image, FailureDetector detector) {
    List<MigrationPlan.Check> results = new ArrayList<>();
    checks(move, image, detector)
        .forEach((name, check) -> results.add(new MigrationPlan.Check(name, problem(check))));
    return results;
  }

  private static Optional<String> problem(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (TerraneException refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /** By name, in the order in which they refuse. */
  private static Map<String, Runnable> checks(
      ProcedureRequest.MigrateRegion move, MetadataImage image, FailureDetector detector) {
    Map<String, Runnable> checks = new LinkedHashMap<>();
    checks.put("replay timeout", () -> checkTimeout(move.replayTimeout()));
    checks.put("peers differ", () -> checkDiffer(move));
    checks.put("region exists", () -> route(move.region(), image));
    checks.put("from_peer is known", () -> checkKnown("from_peer", move.from(), image));
    checks.put("to_peer is known", () -> checkKnown("to_peer", move.to(), image));
    checks.put("to_peer is alive", () -> checkAlive(move.to(), detector));
    checks.put("to_peer is not drained", () -> checkNotDrained(move.to(), image));
    checks.put("from_peer leads", () -> checkLeader(move, route(move.region(), image)));
    checks.put("no other move", () -> checkNotRunning(move.region(), image));
    return checks;
  }

  private static void checkTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw invalid("the replay timeout must be positive, not " + timeout.toSeconds() + " s");
    }
    if (timeout.compareTo(REPLAY_TIMEOUT_MAX) > 0) {
      throw invalid(
          "the replay timeout may be "
              + REPLAY_TIMEOUT_MAX.toSeconds()
              + " s at most, not "
              + timeout.toSeconds()
              + " s");
    }
  }

  private static void checkDiffer(ProcedureRequest.MigrateRegion move) {
    if (move.from().equals(move.to())) {
      throw invalid("the from_peer_id can't equal the to_peer_id: both are " + move.from());
    }
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
