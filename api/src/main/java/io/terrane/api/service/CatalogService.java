package io.terrane.api.service;

import io.terrane.api.table.CatalogSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Schemas and routes. */
public interface CatalogService {
  /** What this node knows now; never blocks, may be a little behind. */
  CatalogSnapshot snapshot();

  /**
   * A snapshot that shows everything committed before the call. May be called any number of times.
   */
  CompletableFuture<CatalogSnapshot> latest();

  /**
   * Completes with the first snapshot this node learns of whose version is above {@code version},
   * or with the present one when {@code timeout} passes first.
   */
  CompletableFuture<CatalogSnapshot> newerThan(long version, Duration timeout);
}
