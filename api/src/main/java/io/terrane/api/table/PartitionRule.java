package io.terrane.api.table;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which region a row belongs to.
 *
 * @param columns the partition columns; empty for a table of one region
 * @param bounds one per region; region number = position; empty for a table of one region
 */
public record PartitionRule(List<String> columns, List<Bound> bounds) {
  /** A table of one region. */
  public static final PartitionRule NONE = new PartitionRule(List.of(), List.of());

  /**
   * One region's condition.
   *
   * @param sql as written, for SHOW CREATE TABLE and information_schema.partitions
   */
  public record Bound(String sql, PartitionExpr expr) {
    public Bound {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(expr, "expr");
    }
  }

  public PartitionRule {
    columns = List.copyOf(columns);
    bounds = List.copyOf(bounds);
  }

  public int regionCount() {
    return Math.max(1, bounds.size());
  }

  /** The number of the region for a row; one that meets no condition goes to region 0. */
  public int regionFor(Function<String, Datum> row) {
    for (int i = 0; i < bounds.size(); i++) {
      if (bounds.get(i).expr().matches(row)) {
        return i;
      }
    }
    return 0;
  }
}
