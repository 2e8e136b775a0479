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
 * Skips batches that cannot hold a row a predicate wants. Understands {@code column op literal} and
 * {@code column IN (literals)} under AND; ignores the rest. Only conditions on key columns count,
 * unless the table keeps all rows: a batch skipped for another column's values might hold the
 * newest version of a row whose older version would then come back to life.
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
    if (call.function().equals("in") && call.arguments().get(0) instanceof ColumnRef column) {
      in(schema, columns.get(column.index()), call.arguments().subList(1, call.arguments().size()));
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

  private void add(RegionSchema schema, String name, String operator, Datum literal) {
    value(schema, name, literal)
        .ifPresent(value -> conditions.add(new Condition(name, operator, List.of(value))));
  }

  private void in(RegionSchema schema, String name, List<ScalarExpr> elements) {
    List<Datum> values = new ArrayList<>();
    for (ScalarExpr element : elements) {
      if (!(element instanceof Literal literal)) {
        return;
      }
      if (literal.value().isNull()) {
        // Nothing equals NULL.
        continue;
      }
      Optional<Datum> value = value(schema, name, literal.value());
      if (value.isEmpty()) {
        return;
      }
      values.add(value.get());
    }
    conditions.add(new Condition(name, "=", values));
  }

  /** The literal as a value of the column; empty if it says nothing about the column's range. */
  private static Optional<Datum> value(RegionSchema schema, String name, Datum literal) {
    int index = schema.indexOf(name);
    if (index < 0 || literal.isNull()) {
      return Optional.empty();
    }
    ColumnSchema column = schema.stored().get(index);
    boolean usable = schema.isAppendOnly() || schema.keys().contains(column);
    return usable && isComparable(column.type(), literal.type())
        ? Optional.of(new Datum(column.type(), literal.value()))
        : Optional.empty();
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

  /** Holds if it does for one of the values. */
  private record Condition(String column, String operator, List<Datum> values) {
    boolean mayMatch(BatchRanges batch) {
      Optional<ColumnRange> range = batch.find(column);
      if (range.isEmpty() || range.get().min().isEmpty() || range.get().max().isEmpty()) {
        return true;
      }
      Datum least = range.get().min().get();
      Datum greatest = range.get().max().get();
      return values.stream().anyMatch(value -> mayMatch(least, greatest, value));
    }

    private boolean mayMatch(Datum least, Datum greatest, Datum value) {
      int min = Datums.compare(least, value);
      int max = Datums.compare(greatest, value);
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
