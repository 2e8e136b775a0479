package io.terrane.query.distribute;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Follows the routes of a statement's regions while they move, up to a deadline. One thread. */
public final class RouteHold {
  private final ClusterAccess cluster;
  private final long deadline;
  private CatalogSnapshot snapshot;

  public RouteHold(ClusterAccess cluster, CatalogSnapshot snapshot) {
    this.cluster = cluster;
    this.snapshot = snapshot;
    this.deadline = cluster.ticker().nanos() + cluster.holdTimeout().toNanos();
  }

  /** REGION_NOT_FOUND if the table is gone. */
  public RegionRoute route(RegionId region) {
    return snapshot.findRegion(region).orElseThrow(() -> gone(region));
  }

  /** The region's table as it is now. */
  TableInfo table(RegionId region) {
    return snapshot.findTable(region.table()).orElseThrow(() -> gone(region));
  }

  private static TerraneException gone(RegionId region) {
    return new TerraneException(
        ErrorCode.TABLE_NOT_FOUND, "region " + region + " is gone: its table was dropped");
  }

  /** Whether it is known that nothing happened and the region may answer elsewhere or later. */
  public static boolean isMove(TerraneException failure) {
    return switch (failure.code()) {
      case REGION_NOT_LEADER,
          REGION_NOT_OPEN,
          NODE_UNREACHABLE,
          REGION_BUSY,
          SCHEMA_CHANGED,
          SHUTTING_DOWN ->
          true;
      default -> false;
    };
  }

  /** Waits a little for a newer route; throws {@code failure} when the time is up. */
  public void await(TerraneException failure) {
    long left = deadline - cluster.ticker().nanos();
    if (left <= 0) {
      throw failure;
    }
    Duration wait = Duration.ofNanos(Math.min(left, cluster.retryInterval().toNanos()));
    try {
      CatalogSnapshot newest = cluster.catalog().snapshot();
      long known = Math.max(snapshot.version(), newest.version());
      CatalogSnapshot newer =
          newest.version() > snapshot.version()
              ? newest
              : cluster
                  .catalog()
                  .newerThan(known, wait)
                  .get(2 * wait.toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
      snapshot = Optional.ofNullable(newer).orElse(snapshot);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TerraneException(
          ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted", interrupted);
    } catch (TimeoutException silent) {
      throw new TerraneException(failure.code(), failure.getMessage(), silent);
    } catch (ExecutionException unknown) {
      throw TerraneException.of(unknown);
    }
  }
}
