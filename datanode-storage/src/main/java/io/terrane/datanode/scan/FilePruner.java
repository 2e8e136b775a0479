package io.terrane.datanode.scan;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.sst.BatchRanges;
import io.terrane.datanode.sst.ColumnRange;
import java.util.List;
import java.util.Optional;

/**
 * Skips batches that cannot hold a row a predicate wants. Understands {@code column op literal} and
 * {@code column IN (literals)} under AND; ignores the rest. Only conditions on key columns count,
 * unless the table keeps all rows: a batch skipped for another column's values might hold the
 * newest version of a row whose older version would then come back to life.
 */
public final class FilePruner {
  private final List<ColumnCondition> conditions;

  /**
   * @param columns the scan's output columns, which the predicate refers to
   */
  public FilePruner(RegionSchema schema, List<String> columns, Optional<ScalarExpr> predicate) {
    this.conditions =
        predicate.map(expr -> ColumnCondition.of(schema, columns, expr)).orElse(List.of()).stream()
            .filter(c -> schema.isAppendOnly() || schema.keys().contains(c.column()))
            .toList();
  }

  /** Whether a batch may hold wanted rows. */
  public boolean mayMatch(BatchRanges batch) {
    return conditions.stream().allMatch(condition -> mayMatch(batch, condition));
  }

  /** Holds if it does for one of the values. */
  private static boolean mayMatch(BatchRanges batch, ColumnCondition condition) {
    Optional<ColumnRange> range = batch.find(condition.column().name());
    if (range.isEmpty() || range.get().min().isEmpty() || range.get().max().isEmpty()) {
      return true;
    }
    Datum least = range.get().min().get();
    Datum greatest = range.get().max().get();
    for (Datum value : condition.values()) {
      if (mayMatch(least, greatest, condition.operator(), value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayMatch(Datum least, Datum greatest, String operator, Datum value) {
    return switch (operator) {
      case "=" -> Datums.compare(least, value) <= 0 && Datums.compare(greatest, value) >= 0;
      case "<" -> Datums.compare(least, value) < 0;
      case "<=" -> Datums.compare(least, value) <= 0;
      case ">" -> Datums.compare(greatest, value) > 0;
      default -> Datums.compare(greatest, value) >= 0;
    };
  }
}
