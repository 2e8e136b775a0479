package io.terrane.infoschema.table;

import io.terrane.api.region.RegionStat;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableName;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/**
 * {@code partitions}: one row per region, also for a table that is not partitioned. Row counts and
 * sizes are the leader's last report and NULL when there is none.
 */
public final class PartitionsTable {

  private PartitionsTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<RegionRow>named(28, "partitions")
        .text("table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.table().name().database())
        .text("table_name", row -> row.table().name().table())
        .text("partition_name", row -> "p" + number(row))
        .text("subpartition_name")
        .int64("partition_ordinal_position", row -> number(row) + 1L)
        .int64("subpartition_ordinal_position")
        .text("partition_method", row -> "RANGE")
        .text("subpartition_method")
        .text("partition_expression", PartitionsTable::expression)
        .text("subpartition_expression")
        .text("partition_description", PartitionsTable::description)
        .int64("table_rows", row -> row.stat(RegionStat::rows))
        .int64(
            "avg_row_length", row -> RegionRow.perRow(dataLength(row), row.stat(RegionStat::rows)))
        .int64("data_length", PartitionsTable::dataLength)
        .int64("max_data_length")
        .int64("index_length")
        .int64("data_free")
        .seconds("create_time", row -> row.table().createdAt())
        .seconds("update_time")
        .seconds("check_time")
        .int64("checksum")
        .text("partition_comment")
        .text("nodegroup")
        .text("tablespace_name")
        .uint64("greptime_partition_id", row -> row.route().region().value())
        .rows(context -> RegionRow.of(context.catalog(), reports.clusterOrNothing().leaderStats()));
  }

  private static int number(RegionRow row) {
    return row.route().region().number();
  }

  private static String expression(RegionRow row) {
    PartitionRule rule = row.table().partitionRule();
    return rule.columns().isEmpty() ? null : String.join(", ", rule.columns());
  }

  private static String description(RegionRow row) {
    PartitionRule rule = row.table().partitionRule();
    return number(row) < rule.bounds().size() ? rule.bounds().get(number(row)).sql() : null;
  }

  private static Long dataLength(RegionRow row) {
    return row.stat(stat -> stat.sstBytes() + stat.memtableBytes());
  }
}
