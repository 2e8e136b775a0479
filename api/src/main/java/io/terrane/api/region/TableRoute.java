package io.terrane.api.region;

import io.terrane.api.table.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The regions of a table in order of number, under one version; immutable. */
public record TableRoute(TableId table, RouteVersion version, List<RegionRoute> regions) {
  public TableRoute {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(version, "version");
    regions = List.copyOf(regions);
  }

  public Optional<RegionRoute> find(RegionId region) {
    return regions.stream().filter(route -> route.region().equals(region)).findFirst();
  }

  /** This route with one region's entry replaced, under the next version. */
  public TableRoute with(RegionRoute changed) {
    return new TableRoute(
        table,
        version.next(),
        regions.stream()
            .map(route -> route.region().equals(changed.region()) ? changed : route)
            .toList());
  }
}
