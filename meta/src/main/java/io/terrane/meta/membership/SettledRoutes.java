package io.terrane.meta.membership;

import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.api.time.Scheduler;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Holds the answer to a heartbeat that is ahead of the routes: a datanode reports at once when it
 * has taken over or created a region, and the edit that makes this public is a moment away. An
 * answer before that edit would grant no lease, and the region could take no write until the next
 * heartbeat. The wait is bounded.
 */
public final class SettledRoutes {
  private final MetadataStore store;
  private final Scheduler scheduler;
  private final Duration hold;
  private final List<Held> held = new ArrayList<>();

  public SettledRoutes(MetadataStore store, Scheduler scheduler, Duration hold) {
    this.store = store;
    this.scheduler = scheduler;
    this.hold = hold;
    store.onImage(this::onImage);
  }

  CompletableFuture<MetadataImage> await(Heartbeat heartbeat) {
    if (hold.isZero() || !isAhead(store.image(), heartbeat)) {
      return CompletableFuture.completedFuture(store.image());
    }
    Held waiting = new Held(heartbeat, new CompletableFuture<>());
    synchronized (held) {
      held.add(waiting);
    }
    Scheduler.Cancellable timer = scheduler.schedule(hold, () -> release(List.of(waiting)));
    waiting.future.whenComplete((image, failure) -> timer.cancel());
    onImage(store.image());
    return waiting.future;
  }

  private void onImage(MetadataImage image) {
    List<Held> ready;
    synchronized (held) {
      ready = held.stream().filter(each -> !isAhead(image, each.heartbeat)).toList();
    }
    release(ready);
  }

  private void release(List<Held> ready) {
    synchronized (held) {
      held.removeAll(ready);
    }
    ready.forEach(each -> each.future.complete(store.image()));
  }

  private static boolean isAhead(MetadataImage image, Heartbeat heartbeat) {
    NodeId node = heartbeat.node().id();
    return heartbeat.regions().stream()
        .filter(stat -> stat.role() == RegionRole.LEADER)
        .filter(stat -> isAheadOfRoute(image, stat))
        .anyMatch(stat -> RegionReview.isClaimed(image, stat.region(), node));
  }

  private static boolean isAheadOfRoute(MetadataImage image, RegionStat stat) {
    return image
        .catalog()
        .findRegion(stat.region())
        .map(route -> route.epoch().isBefore(stat.epoch()))
        .orElse(true);
  }

  private record Held(Heartbeat heartbeat, CompletableFuture<MetadataImage> future) {}
}
