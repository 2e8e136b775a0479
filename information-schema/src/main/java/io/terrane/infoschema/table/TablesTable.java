package io.terrane.infoschema.table;

import io.terrane.api.node.ClusterView;
import io.terrane.api.region.RegionStat;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code tables}: user tables, views and the system tables themselves. Row counts and sizes are the
 * region leaders' last reports and NULL when there is none.
 */
public final class TablesTable {

  /** As MySQL calls tables that a storage engine need not keep. */
  private static final String ENGINE_SYSTEM = "MEMORY";

  private TablesTable() {}

  /**
   * @param systemTables asked at each scan, this table among them
   * @param startedAt shown as the creation time of system tables
   */
  public static SystemTable<?> create(
      Supplier<List<SystemTable<?>>> systemTables, ClusterReports reports, Instant startedAt) {
    return SystemTable.<Row>named(3, "tables")
        .text("table_catalog", row -> TableName.CATALOG)
        .text("table_schema", row -> row.name().database())
        .text("table_name", row -> row.name().table())
        .text("table_type", Row::type)
        .uint32("table_id", Row::id)
        .uint64("data_length", Row::dataLength)
        .uint64("max_data_length", row -> row.isView() ? null : 0L)
        .uint64("index_length", row -> row.isView() ? null : 0L)
        .uint64("max_index_length", row -> row.isView() ? null : 0L)
        .uint64("avg_row_length", row -> RegionRow.perRow(row.dataLength(), row.rows()))
        .text("engine", Row::engine)
        .uint64("version", row -> row.isView() ? null : 10L)
        .text("row_format", row -> row.isView() ? null : "Dynamic")
        .uint64("table_rows", Row::rows)
        .uint64("data_free", row -> row.isView() ? null : 0L)
        .uint64("auto_increment")
        .seconds("create_time", Row::createdAt)
        .seconds("update_time")
        .seconds("check_time")
        .text("table_collation", row -> row.isView() ? null : Charset.COLLATION)
        .uint64("checksum")
        .text("create_options", Row::options)
        .text("table_comment", Row::comment)
        .text("temporary", row -> "N")
        .rows(context -> list(context.catalog(), systemTables.get(), reports, startedAt));
  }

  private static List<Row> list(
      CatalogSnapshot catalog,
      List<SystemTable<?>> systemTables,
      ClusterReports reports,
      Instant startedAt) {
    ClusterView cluster = reports.clusterOrNothing();
    Map<TableId, List<RegionStat>> statsByTable =
        cluster.leaderStats().values().stream()
            .collect(Collectors.groupingBy(stat -> stat.region().table()));
    List<Row> rows = new ArrayList<>();
    for (SystemTable<?> table : systemTables) {
      rows.add(Row.of(table, startedAt));
    }
    for (TableInfo table : catalog.tables()) {
      rows.add(Row.of(table, statsByTable.getOrDefault(table.id(), List.of())));
    }
    for (ViewInfo view : catalog.views()) {
      rows.add(Row.of(view));
    }
    return rows;
  }

  private record Row(
      TableName name,
      String type,
      int id,
      String engine,
      Long rows,
      Long dataLength,
      Instant createdAt,
      String options,
      String comment) {

    static Row of(SystemTable<?> table, Instant startedAt) {
      return new Row(
          table.name(), "SYSTEM VIEW", table.id(), ENGINE_SYSTEM, 0L, 0L, startedAt, "", "");
    }

    static Row of(TableInfo table, List<RegionStat> stats) {
      return new Row(
          table.name(),
          "BASE TABLE",
          table.id().value(),
          table.engine(),
          RegionRow.sum(stats, RegionStat::rows),
          RegionRow.sum(stats, stat -> stat.sstBytes() + stat.memtableBytes()),
          table.createdAt(),
          MySqlTypes.options(table.effectiveOptions()),
          table.comment());
    }

    static Row of(ViewInfo view) {
      return new Row(
          view.name(), "VIEW", view.id().value(), null, null, null, view.createdAt(), null, "VIEW");
    }

    boolean isView() {
      return type.equals("VIEW");
    }
  }
}
