package io.terrane.query.distribute;

import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How queries and writes reach regions.
 *
 * @param executor runs region scans beside the statement's thread; tasks end by themselves and
 *     never wait for the statement
 * @param scanParallelism regions read at a time by one exchange
 * @param holdTimeout how long a scan or write waits for a region that moves
 * @param retryInterval how long to wait for news of the route between two attempts
 */
public record ClusterAccess(
    CatalogService catalog,
    Datanodes datanodes,
    Executor executor,
    Ticker ticker,
    int scanParallelism,
    Duration holdTimeout,
    Duration retryInterval) {
  public static final int SCAN_PARALLELISM_DEFAULT = 8;
  public static final Duration HOLD_TIMEOUT_DEFAULT = Duration.ofSeconds(30);
  public static final Duration RETRY_INTERVAL_DEFAULT = Duration.ofMillis(100);

  public ClusterAccess {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(datanodes, "datanodes");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(ticker, "ticker");
    if (scanParallelism < 1) {
      throw new IllegalArgumentException("scan parallelism " + scanParallelism);
    }
  }

  public ClusterAccess(
      CatalogService catalog, Datanodes datanodes, Executor executor, Ticker ticker) {
    this(
        catalog,
        datanodes,
        executor,
        ticker,
        SCAN_PARALLELISM_DEFAULT,
        HOLD_TIMEOUT_DEFAULT,
        RETRY_INTERVAL_DEFAULT);
  }
}
