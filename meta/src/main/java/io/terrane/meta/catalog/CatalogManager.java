package io.terrane.meta.catalog;

import io.terrane.api.service.CatalogService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.time.Scheduler;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The catalogue as others read it: snapshots of the metadata's image. Waiting readers are told by
 * the image's next change, or by the timer. Thread-safe, never blocks.
 */
public final class CatalogManager implements CatalogService {
  private final MetadataStore store;
  private final Scheduler scheduler;
  private final List<Waiter> waiters = new ArrayList<>();

  public CatalogManager(MetadataStore store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
    store.onImage(this::onImage);
  }

  @Override
  public CatalogSnapshot snapshot() {
    return store.image().catalog();
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return store.latest().thenApply(MetadataImage::catalog);
  }

  @Override
  public CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout) {
    if (snapshot().version() > version || timeout.isZero() || timeout.isNegative()) {
      return CompletableFuture.completedFuture(snapshot());
    }
    Waiter waiter = new Waiter(version, new CompletableFuture<>());
    synchronized (waiters) {
      waiters.add(waiter);
    }
    Scheduler.Cancellable timer = scheduler.schedule(timeout, () -> answer(List.of(waiter)));
    waiter.future.whenComplete((snapshot, failure) -> timer.cancel());
    if (snapshot().version() > version) {
      answer(List.of(waiter));
    }
    return waiter.future;
  }

  private void onImage(MetadataImage image) {
    List<Waiter> ready;
    synchronized (waiters) {
      ready = waiters.stream().filter(w -> w.version < image.catalog().version()).toList();
    }
    answer(ready);
  }

  private void answer(List<Waiter> ready) {
    synchronized (waiters) {
      waiters.removeAll(ready);
    }
    ready.forEach(waiter -> waiter.future.complete(snapshot()));
  }

  private record Waiter(long version, CompletableFuture<CatalogSnapshot> future) {}
}
