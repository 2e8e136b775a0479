package io.terrane.infoschema.table;

import io.terrane.api.node.LeaseStatus;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/**
 * {@code region_leases}: how long each region's leader may still believe that it leads, in
 * milliseconds, with the margin for clocks of different speed; 0 when it certainly does not.
 */
public final class RegionLeasesTable {

  private RegionLeasesTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<LeaseStatus>named(52, "region_leases")
        .uint64("region_id", lease -> lease.region().value())
        .uint64("peer_id", lease -> lease.leader().value())
        .uint64("epoch", lease -> lease.epoch().value())
        .int64("remaining_ms", lease -> lease.remaining().toMillis())
        .text("status", lease -> lease.remaining().isZero() ? "EXPIRED" : "HELD")
        .rows(context -> reports.cluster().leases());
  }
}
