package io.terrane.query.distribute;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One region's fragment. Until its first batch has been lent, a region that moved is asked again
 * where it went, and one whose table was altered is asked again by its new schema.
 */
final class RegionReader implements BatchStream {
  private final ClusterAccess cluster;
  private final RegionId region;
  private final TableInfo planned;
  private final PlanFragment fragment;
  private final BufferAllocator allocator;
  private final RouteHold hold;
  private PlanFragment present;
  private BatchStream stream;
  private ReadTraffic traffic = ReadTraffic.NONE;
  private boolean lent;

  /**
   * @param planned the table as the fragment knows it
   */
  RegionReader(
      ClusterAccess cluster,
      CatalogSnapshot snapshot,
      TableInfo planned,
      RegionId region,
      PlanFragment fragment,
      BufferAllocator allocator) {
    this.cluster = cluster;
    this.planned = planned;
    this.region = region;
    this.fragment = fragment;
    this.present = fragment;
    this.allocator = allocator;
    this.hold = new RouteHold(cluster, snapshot);
  }

  @Override
  public Schema schema() {
    while (true) {
      try {
        return opened().schema();
      } catch (TerraneException failure) {
        retry(failure);
      }
    }
  }

  private BatchStream opened() {
    if (stream == null) {
      RegionRoute route = hold.route(region);
      stream =
          cluster.datanodes().at(route.leader()).scan(region, route.epoch(), present, allocator);
    }
    return stream;
  }

  @Override
  public boolean advance(BatchSink sink) {
    while (true) {
      try {
        return opened()
            .advance(
                batch -> {
                  lent = true;
                  sink.accept(batch);
                });
      } catch (TerraneException failure) {
        retry(failure);
      }
    }
  }

  private void retry(TerraneException failure) {
    if (lent || !RouteHold.isMove(failure)) {
      throw failure;
    }
    close();
    hold.await(failure);
    present = AlteredScan.under(fragment, planned.schema(), hold.table(region).schema());
  }

  @Override
  public ReadTraffic traffic() {
    return stream == null ? traffic : traffic.plus(stream.traffic());
  }

  @Override
  public void close() {
    if (stream != null) {
      traffic = traffic();
      stream.close();
      stream = null;
    }
  }
}
