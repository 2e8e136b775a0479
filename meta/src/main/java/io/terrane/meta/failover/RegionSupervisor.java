package io.terrane.meta.failover;

import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableId;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.placement.PlacementPolicy;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.ClusterSettings;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.Proposal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at an interval for regions that are where they should not be: on dead datanodes, on
 * datanodes that are being drained, or elsewhere than their table was sent. Submits a migration for
 * each, some at a time. Decides nothing about safety: the migration waits out the lease of a leader
 * that does not answer, so a datanode that was merely silent costs a move and no row. Runs while
 * this metasrv leads.
 */
public final class RegionSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(RegionSupervisor.class);
  private static final Duration REPLAY_TIMEOUT = Duration.ofSeconds(300);

  private final MetadataStore store;
  private final Wishes wishes;
  private final MigrationTasks tasks;
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
    this.wishes = new Wishes(detector, config);
    this.tasks = new MigrationTasks(wishes);
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

  /** What is going on, and what holds it up. */
  public List<MigrationTask> tasks() {
    return tasks.of(store.image());
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
    endTasks(image);
    Moves moves = Moves.of(image);
    int free = image.settings().movesMax().orElse(config.movesMax()) - moves.automatic();
    List<Wish> chosen = free <= 0 ? List.of() : open(image, moves, now, free);
    List<NodeId> targets = wishes.targets(image);
    // Regions of one WAL topic go to one datanode as far as the balance allows, and read it once.
    List<NodeId> places =
        chosen.isEmpty() || targets.isEmpty()
            ? List.of()
            : placement.place(image, targets, chosen.size()).stream().sorted().toList();
    for (int i = 0; i < places.size(); i++) {
      move(chosen.get(i), places.get(i), now);
    }
  }

  /** What has been wished for, does not move yet, and may be tried. */
  private List<Wish> open(MetadataImage image, Moves moves, long now, int most) {
    leftAloneUntilNanos.values().removeIf(until -> until - now <= 0);
    return wishes.of(image).stream()
        .filter(wish -> !moves.moving().contains(wish.route().region()))
        .filter(wish -> !leftAloneUntilNanos.containsKey(wish.route().region()))
        .filter(wish -> wish.to().map(to -> wishes.mayTake(image, to)).orElse(true))
        .limit(most)
        .sorted(Comparator.comparingInt(wish -> wish.route().walTopic()))
        .toList();
  }

  private void move(Wish wish, NodeId place, long now) {
    RegionRoute route = wish.route();
    NodeId to = wish.to().orElse(place);
    leftAloneUntilNanos.put(route.region(), now + config.retryAfter().toNanos());
    LOG.info(
        "region {} moves from datanode {} to {}: {}",
        route.region(),
        route.leader(),
        to,
        wish.reason());
    String key = wish.reason() + "/" + route.region().value() + "/" + route.epoch() + "/" + now;
    MigrateRegion request =
        new MigrateRegion(
            route.region(), route.leader(), to, REPLAY_TIMEOUT, wish.reason(), "metasrv");
    submit
        .apply(request, key)
        .exceptionally(
            failure -> {
              TerraneException refused = TerraneException.of(failure);
              if (refused.kind() != ErrorKind.RETRY) {
                LOG.warn("region {} cannot be moved: {}", route.region(), refused.getMessage());
              }
              return null;
            });
  }

  /** Forgets tables all of whose regions are where they were sent, and those that are dropped. */
  private void endTasks(MetadataImage image) {
    Set<TableId> done = arrived(image);
    if (done.isEmpty()) {
      return;
    }
    store
        .commit(
            present -> {
              ClusterSettings settings = present.settings().notSending(arrived(present));
              return new Proposal<Void>(MetadataEdit.of(new Change.PutSettings(settings)), null);
            })
        .exceptionally(
            failure -> {
              LOG.info("tables {} are forgotten later: {}", done, failure.getMessage());
              return null;
            });
  }

  private static Set<TableId> arrived(MetadataImage image) {
    return image.settings().tableTargets().entrySet().stream()
        .filter(
            target ->
                image.catalog().findRoute(target.getKey()).stream()
                    .flatMap(route -> route.regions().stream())
                    .allMatch(region -> region.leader().equals(target.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
