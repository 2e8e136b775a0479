package io.terrane.infoschema.table;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/**
 * {@code region_info}: every open region on every datanode, candidates of migrations included, as
 * of the last heartbeats.
 */
public final class RegionInfoTable {

  private RegionInfoTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<Row>named(41, "region_info")
        .uint64("region_id", row -> row.report().stat().region().value())
        .uint32("table_id", row -> row.report().tableId())
        .uint32("region_number", row -> row.report().regionNumber())
        .uint8("region_group", row -> 0)
        .uint32("region_sequence", row -> row.report().regionNumber())
        .text("state", row -> state(row.role()))
        .text("role", row -> role(row.role()))
        .bool("writable", row -> row.role() == RegionRole.LEADER)
        .uint64("committed_sequence", row -> row.report().stat().committedSequence())
        .uint64("flushed_sequence", row -> row.report().stat().flushedSequence())
        .uint64("manifest_version", row -> row.report().stat().manifestVersion())
        .text("compaction_time_window")
        .text("region_options", Row::options)
        .text("sst_format", row -> "arrow")
        .uint64("node_id", row -> row.report().node().value())
        .uint64("epoch", row -> row.report().stat().epoch().value())
        .int64("replayed_position", row -> row.report().stat().replayedPosition())
        .rows(
            context ->
                StatRow.of(reports.cluster()).stream()
                    .map(report -> new Row(report, options(context.catalog(), report)))
                    .toList());
  }

  private static String options(CatalogSnapshot catalog, StatRow report) {
    RegionId region = report.stat().region();
    return catalog
        .findTable(region.table())
        .map(TableInfo::options)
        .map(MySqlTypes::options)
        .orElse(null);
  }

  private static String state(RegionRole role) {
    return switch (role) {
      case LEADER -> "Writable";
      case DOWNGRADING -> "Downgrading";
      case FOLLOWER -> "Following";
    };
  }

  private static String role(RegionRole role) {
    return switch (role) {
      case LEADER -> "Leader(Writable)";
      case DOWNGRADING -> "Leader(Downgrading)";
      case FOLLOWER -> "Follower";
    };
  }

  /**
   * @param options null when the statement's snapshot does not have the table
   */
  private record Row(StatRow report, String options) {

    RegionRole role() {
      return report.stat().role();
    }
  }
}
