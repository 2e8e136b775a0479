package io.terrane.meta.failover;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.migration.RegionMigration;
import io.terrane.meta.placement.PlacementPolicy;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at an interval for regions that are where they should not be, on dead datanodes or on
 * datanodes that are being drained, and submits a migration for each, some at a time. Decides
 * nothing about safety: the migration waits out the lease of a leader that does not answer, so a
 * datanode that was merely silent costs a move and no row. Runs while this metasrv leads.
 */
public final class RegionSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(RegionSupervisor.class);
  private static final Duration REPLAY_TIMEOUT = Duration.ofSeconds(300);

  private final MetadataStore store;
  private final FailureDetector detector;
  private final PlacementPolicy placement;
  private final BiFunction<MigrateRegion, String, CompletableFuture<ProcedureId>> submit;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final FailoverConfig config;
  private final Duration interval;
  private final Map<RegionId, Long> leftAloneUntilNanos = new HashMap<>();
  private long lastLookNanos;
  private volatile boolean stopped;

  /**
   * @param submit takes a migration and its idempotency key
   * @param interval between two looks
   */
  public RegionSupervisor(
      MetadataStore store,
      FailureDetector detector,
      PlacementPolicy placement,
      BiFunction<MigrateRegion, String, CompletableFuture<ProcedureId>> submit,
      Scheduler scheduler,
      Ticker ticker,
      FailoverConfig config,
      Duration interval) {
    this.store = store;
    this.detector = detector;
    this.placement = placement;
    this.submit = submit;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.config = config;
    this.interval = interval;
    this.lastLookNanos = ticker.nanos();
  }

  public void start() {
    scheduler.schedule(interval, this::lookAndGoOn);
  }

  public void stop() {
    stopped = true;
  }

  private void lookAndGoOn() {
    if (stopped) {
      return;
    }
    try {
      look();
    } catch (RuntimeException failure) {
      LOG.error("cannot look for regions to move, tried again in {}", interval, failure);
    }
    start();
  }

  private synchronized void look() {
    long now = ticker.nanos();
    boolean asleep = now - lastLookNanos > 3 * interval.toNanos() + config.pause().toNanos() / 2;
    lastLookNanos = now;
    if (asleep) {
      // This process was stopped for a while: whoever seems silent may have been heard meanwhile.
      return;
    }
    MetadataImage image = store.image();
    Moves moves = Moves.of(image);
    List<RegionRoute> displaced = displaced(image, moves, now);
    List<NodeId> targets =
        image.nodes().keySet().stream()
            .filter(detector::isAlive)
            .filter(node -> !image.settings().drained().contains(node))
            .toList();
    int free = config.movesMax() - moves.automatic();
    if (displaced.isEmpty() || targets.isEmpty() || free <= 0) {
      return;
    }
    List<RegionRoute> chosen = displaced.subList(0, Math.min(free, displaced.size()));
    List<NodeId> places = placement.place(image, targets, chosen.size());
    for (int i = 0; i < chosen.size(); i++) {
      move(chosen.get(i), places.get(i), now);
    }
  }

  private List<RegionRoute> displaced(MetadataImage image, Moves moves, long now) {
    leftAloneUntilNanos.values().removeIf(until -> until - now <= 0);
    List<RegionRoute> displaced = new ArrayList<>();
    image.catalog().routes().stream()
        .flatMap(route -> route.regions().stream())
        .filter(route -> reason(image, route.leader()).isPresent())
        .filter(route -> !moves.moving().contains(route.region()))
        .filter(route -> !leftAloneUntilNanos.containsKey(route.region()))
        .forEach(displaced::add);
    return displaced;
  }

  /** Why regions are to leave the node, if they are. */
  private Optional<MigrationReason> reason(MetadataImage image, NodeId node) {
    if (isDead(node) && config.enabled() && !image.settings().maintenance()) {
      return Optional.of(MigrationReason.FAILOVER);
    }
    return image.settings().drained().contains(node)
        ? Optional.of(MigrationReason.DRAIN)
        : Optional.empty();
  }

  private boolean isDead(NodeId node) {
    return detector.isKnown(node)
        ? !detector.isAlive(node)
        : detector.listened().compareTo(config.unknownAfter()) >= 0;
  }

  private void move(RegionRoute route, NodeId to, long now) {
    MigrationReason why = reason(store.image(), route.leader()).orElse(MigrationReason.DRAIN);
    leftAloneUntilNanos.put(route.region(), now + config.retryAfter().toNanos());
    LOG.info("region {} moves from datanode {} to {}: {}", route.region(), route.leader(), to, why);
    String key = why + "/" + route.region().value() + "/" + route.epoch() + "/" + now;
    submit
        .apply(
            new MigrateRegion(route.region(), route.leader(), to, REPLAY_TIMEOUT, why, "metasrv"),
            key)
        .exceptionally(
            failure -> {
              TerraneException refused = TerraneException.of(failure);
              if (refused.kind() != ErrorKind.RETRY) {
                LOG.warn("region {} cannot be moved: {}", route.region(), refused.getMessage());
              }
              return null;
            });
  }

  /** Which regions are on the move, and how many of the moves were not asked for by hand. */
  private record Moves(Set<RegionId> moving, int automatic) {
    static Moves of(MetadataImage image) {
      Set<RegionId> moving = new HashSet<>();
      int automatic = 0;
      for (ProcedureRecord record : image.procedures().values()) {
        if (record.type().equals(RegionMigration.TYPE) && !record.isFinal()) {
          moving.add(new RegionId(record.state().path("region").asLong()));
          automatic += record.state().has("trigger") ? 1 : 0;
        }
      }
      return new Moves(moving, automatic);
    }
  }
}
