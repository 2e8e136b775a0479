package io.terrane.api.region;

import io.terrane.api.table.TableInfo;
import java.util.Objects;

/** What a datanode must know to create or open a region. */
public record RegionSpec(RegionId region, TableInfo table, int walTopic) {
  public RegionSpec {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(table, "table");
  }
}
