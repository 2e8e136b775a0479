package io.terrane.infoschema.table;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionStat;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A region of a table, where it is, and what its leader last reported (null: nothing). */
record RegionRow(TableInfo table, RegionRoute route, RegionStat stat) {

  /** The regions of all tables, by table id and region number. */
  static List<RegionRow> of(CatalogSnapshot catalog, Map<RegionId, RegionStat> leaderStats) {
    return catalog.tables().stream()
        .flatMap(
            table ->
                routes(catalog, table)
                    .map(route -> new RegionRow(table, route, leaderStats.get(route.region()))))
        .toList();
  }

  private static Stream<RegionRoute> routes(CatalogSnapshot catalog, TableInfo table) {
    return catalog
        .findRoute(table.id())
        .map(found -> found.regions().stream())
        .orElseGet(Stream::of);
  }

  /** A number of the statistics, or null when there are none. */
  Long stat(ToLongFunction<RegionStat> number) {
    return stat == null ? null : number.applyAsLong(stat);
  }

  /** The sum over those that are known, or null when none is. */
  static Long sum(Collection<RegionStat> stats, ToLongFunction<RegionStat> number) {
    return stats.isEmpty() ? null : stats.stream().mapToLong(number).sum();
  }

  /** Bytes per row, rounded down; 0 without rows, null when not known. */
  static Long perRow(Long bytes, Long rows) {
    if (bytes == null || rows == null) {
      return null;
    }
    return rows <= 0 ? 0L : bytes / rows;
  }
}
