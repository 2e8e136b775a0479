package io.terrane.query.distribute;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.time.Ticker;
import io.terrane.query.exec.ExecutionContext;
import java.time.Duration;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads a fragment from the leader of its region, and goes where the region went: as long as no row
 * has left, a leader that is not there any more is looked up anew and asked again, for a bounded
 * time.
 */
public final class RegionReader {
  private static final Duration ROUTE_WAIT = Duration.ofMillis(200);

  private final Datanodes datanodes;
  private final CatalogService catalog;
  private final Ticker ticker;
  private final Duration retryMax;

  /**
   * @param retryMax how long a read looks for its region's leader
   */
  public RegionReader(
      Datanodes datanodes, CatalogService catalog, Ticker ticker, Duration retryMax) {
    this.datanodes = datanodes;
    this.catalog = catalog;
    this.ticker = ticker;
    this.retryMax = retryMax;
  }

  /**
   * A stream over one region.
   *
   * @param snapshot the statement's, where the region is looked up first
   * @param schema of the fragment's output
   */
  public BatchStream open(
      ExecutionContext context,
      CatalogSnapshot snapshot,
      RegionId region,
      PlanFragment fragment,
      Schema schema) {
    return new Reading(context, snapshot, region, fragment, schema);
  }

  private final class Reading implements BatchStream {
    private final ExecutionContext context;
    private final RegionId region;
    private final PlanFragment fragment;
    private final Schema schema;
    private CatalogSnapshot snapshot;
    private BatchStream stream;
    private boolean begun;

    Reading(
        ExecutionContext context,
        CatalogSnapshot snapshot,
        RegionId region,
        PlanFragment fragment,
        Schema schema) {
      this.context = context;
      this.snapshot = snapshot;
      this.region = region;
      this.fragment = fragment;
      this.schema = schema;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public boolean advance(BatchSink sink) {
      if (begun) {
        return stream.advance(sink);
      }
      long deadline = ticker.nanos() + retryMax.toNanos();
      while (true) {
        context.checkCancelled();
        try {
          if (stream == null) {
            stream = open();
          }
          return stream.advance(
              batch -> {
                begun = true;
                sink.accept(batch);
              });
        } catch (TerraneException failure) {
          if (begun || !mayHaveMoved(failure) || ticker.nanos() > deadline) {
            throw failure;
          }
          close();
          awaitRoute();
        }
      }
    }

    private BatchStream open() {
      RegionRoute route =
          Optional.of(snapshot)
              .flatMap(known -> known.findRegion(region))
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.TABLE_NOT_FOUND, "region " + region + " does not exist"));
      return datanodes
          .at(route.leader())
          .scan(region, route.epoch(), fragment, context.allocator());
    }

    private void awaitRoute() {
      snapshot = catalog.newerThan(snapshot.version(), ROUTE_WAIT).join();
    }

    @Override
    public void close() {
      if (stream != null) {
        stream.close();
        stream = null;
      }
    }
  }

  /** Whether asking the region's next leader may help. */
  static boolean mayHaveMoved(TerraneException failure) {
    return failure.code() == ErrorCode.REGION_NOT_LEADER
        || failure.code() == ErrorCode.REGION_NOT_OPEN
        || failure.code() == ErrorCode.NODE_UNREACHABLE;
  }
}
