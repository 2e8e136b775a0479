package io.terrane.infoschema.table;

import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.api.table.TableInfo;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/**
 * {@code region_statistics}: what datanodes reported of their regions with the last heartbeats.
 * {@code disk_size} is files plus manifest. Nothing is known of CPU time and scanned bytes.
 */
public final class RegionStatisticsTable {

  private RegionStatisticsTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<StatRow>named(35, "region_statistics")
        .uint64("region_id", row -> row.stat().region().value())
        .uint32("table_id", StatRow::tableId)
        .uint32("region_number", StatRow::regionNumber)
        .uint64("region_rows", row -> row.stat().rows())
        .uint64("written_bytes_since_open", row -> row.stat().writtenBytes())
        .uint64("query_cpu_time_millis")
        .uint64("query_scanned_bytes")
        .uint64("disk_size", row -> row.stat().sstBytes() + row.stat().manifestBytes())
        .uint64("memtable_size", row -> row.stat().memtableBytes())
        .uint64("manifest_size", row -> row.stat().manifestBytes())
        .uint64("sst_size", row -> row.stat().sstBytes())
        .uint64("sst_num", row -> row.stat().sstCount())
        .uint64("index_size", row -> 0L)
        .text("engine", row -> TableInfo.DEFAULT_ENGINE)
        .text("region_role", row -> role(row.stat().role()))
        .uint64("node_id", row -> row.node().value())
        .uint64("stored_rows", row -> row.stat().storedRows())
        .uint64("flushed_bytes_since_open", row -> row.stat().flushedBytes())
        .uint64("compacted_bytes_since_open", row -> row.stat().mergedBytes())
        .float64("write_amplification", row -> writeAmplification(row.stat()))
        .float64("space_amplification", row -> ratio(row.stat().storedRows(), row.stat().rows()))
        .rows(context -> StatRow.of(reports.cluster()));
  }

  /** Bytes written to files for each byte flushed. */
  private static Double writeAmplification(RegionStat stat) {
    return ratio(stat.flushedBytes() + stat.mergedBytes(), stat.flushedBytes());
  }

  private static Double ratio(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  private static String role(RegionRole role) {
    return switch (role) {
      case LEADER -> "Leader";
      case DOWNGRADING -> "DowngradingLeader";
      case FOLLOWER -> "Follower";
    };
  }
}
