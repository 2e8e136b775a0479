package io.terrane.datanode.scan;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.ScalarExpr.Call;
import io.terrane.api.fragment.ScalarExpr.ColumnRef;
import io.terrane.api.fragment.ScalarExpr.Literal;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.sst.BatchRanges;
import io.terrane.datanode.sst.ColumnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Skips batches that cannot hold a row a predicate wants. Understands {@code column op literal}
 * under AND; ignores the rest. Only conditions on key columns count, unless the table keeps all
 * rows: a batch skipped for another column's values might hold the newest version of a row whose
 * older version would then come back to life.
 */
public final class FilePruner {
  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

  private final List<Condition> conditions = new ArrayList<>();

  /**
   * @param columns the scan's output columns, which the predicate refers to
   */
  public FilePruner(RegionSchema schema, List<String> columns, Optional<ScalarExpr> predicate) {
    predicate.ifPresent(expr -> collect(schema, columns, expr));
  }

  private void collect(RegionSchema schema, List<String> columns, ScalarExpr expr) {
    if (!(expr instanceof Call call)) {
      return;
    }
    if (call.function().equals("and")) {
      call.arguments().forEach(argument -> collect(schema, columns, argument));
      return;
    }
    if (!MIRRORED.containsKey(call.function()) || call.arguments().size() != 2) {
      return;
    }
    ScalarExpr left = call.arguments().get(0);
    ScalarExpr right = call.arguments().get(1);
    if (left instanceof ColumnRef column && right instanceof Literal literal) {
      add(schema, columns.get(column.index()), call.function(), literal.value());
    } else if (left instanceof Literal literal && right instanceof ColumnRef column) {
      add(schema, columns.get(column.index()), MIRRORED.get(call.function()), literal.value());
    }
  }

  private void add(RegionSchema schema, String name, String operator, Datum value) {
    int index = schema.indexOf(name);
    if (index < 0 || value.isNull()) {
      return;
    }
    ColumnSchema column = schema.stored().get(index);
    boolean usable = schema.isAppendOnly() || schema.keys().contains(column);
    if (usable && isComparable(column.type(), value.type())) {
      conditions.add(new Condition(name, operator, new Datum(column.type(), value.value())));
    }
  }

  private static boolean isComparable(DataType column, DataType literal) {
    return column.equals(literal)
        || (column.isInteger()
            && literal.isInteger()
            && column.kind() != DataType.Kind.UINT64
            && literal.kind() != DataType.Kind.UINT64);
  }

  /** Whether a batch may hold wanted rows. */
  public boolean mayMatch(BatchRanges batch) {
    return conditions.stream().allMatch(condition -> condition.mayMatch(batch));
  }

  private record Condition(String column, String operator, Datum value) {
    boolean mayMatch(BatchRanges batch) {
      Optional<ColumnRange> range = batch.find(column);
      if (range.isEmpty() || range.get().min().isEmpty() || range.get().max().isEmpty()) {
        return true;
      }
      int min = Datums.compare(range.get().min().get(), value);
      int max = Datums.compare(range.get().max().get(), value);
      return switch (operator) {
        case "=" -> min <= 0 && max >= 0;
        case "<" -> min < 0;
        case "<=" -> min <= 0;
        case ">" -> max > 0;
        default -> max >= 0;
      };
    }
  }
}
