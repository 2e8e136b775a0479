package io.terrane.api.service;

import io.terrane.api.table.TableId;
import java.util.OptionalLong;

/** How many rows tables have, as far as is known; for planners, not for answers. */
@FunctionalInterface
public interface TableSizes {
  /** Nothing is known of any table. */
  TableSizes UNKNOWN = table -> OptionalLong.empty();

  /** Some seconds old at most while the cluster is well. Never fails and never blocks. */
  OptionalLong rows(TableId table);
}
