package io.terrane.datanode.scan;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.ColumnSchema;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/**
 * Finds the rows that meet a predicate's conditions on key columns, in batches that are sorted by
 * key: by searching, not row by row. Conditions on other columns are left to others, because the
 * newest version of a row may not meet them where an older one does. Immutable.
 */
public final class KeySearch {
  /** Finds every row. */
  public static final KeySearch ALL =
      new KeySearch(new KeyTest[0], new ValueOrder[0], Optional.empty());

  private final KeyTest[] tests;
  private final ValueOrder[] orders;
  private final Optional<ScalarExpr> rest;

  private KeySearch(KeyTest[] tests, ValueOrder[] orders, Optional<ScalarExpr> rest) {
    this.tests = tests;
    this.orders = orders;
    this.rest = rest;
  }

  /**
   * @param columns the scan's output columns, which the predicate refers to
   */
  public static KeySearch of(
      RegionSchema schema, List<String> columns, Optional<ScalarExpr> predicate) {
    List<ColumnCondition> conditions =
        predicate.map(expr -> ColumnCondition.of(schema, columns, expr)).orElse(List.of());
    List<ScalarExpr> met = new ArrayList<>();
    List<KeyTest> tests = new ArrayList<>();
    int wanted = 0;
    for (ColumnSchema key : schema.keys()) {
      List<ColumnCondition> own =
          conditions.stream().filter(condition -> condition.column().equals(key)).toList();
      boolean isTested = !own.isEmpty() && KeyValues.canHold(key.type());
      tests.add(isTested ? KeyTest.of(key.type(), own) : null);
      if (isTested) {
        wanted = tests.size();
        own.forEach(condition -> met.add(condition.source()));
      }
    }
    return new KeySearch(
        tests.subList(0, wanted).toArray(KeyTest[]::new),
        schema.keys().stream().map(key -> ValueOrder.of(key.type())).toArray(ValueOrder[]::new),
        predicate.flatMap(expr -> without(expr, met)));
  }

  private static Optional<ScalarExpr> without(ScalarExpr predicate, List<ScalarExpr> met) {
    List<ScalarExpr> left = new ArrayList<>(ColumnCondition.conjuncts(predicate));
    left.removeAll(met);
    return left.size() < 2
        ? left.stream().findFirst()
        : Optional.of(new ScalarExpr.Call("and", left, predicate.type()));
  }

  /** What of the predicate is still to be asked of the rows found; empty for nothing. */
  public Optional<ScalarExpr> rest() {
    return rest;
  }

  /** How many of the leading key columns {@link #find} looks at; 0 if it finds every row. */
  public int columns() {
    return tests.length;
  }

  /**
   * @param vectors of a batch; the key columns come first
   */
  public RowRanges find(FieldVector[] vectors, int rows) {
    if (tests.length == 0) {
      return RowRanges.all(rows);
    }
    RowRanges found = new RowRanges();
    find(vectors, 0, 0, rows, found);
    return found;
  }

  /** The wanted ones of rows that are alike in the key columns before {@code key}. */
  private void find(FieldVector[] vectors, int key, int from, int to, RowRanges found) {
    KeyTest test = tests[key];
    if (test == null) {
      eachRun(vectors, key, from, to, found);
      return;
    }
    int begin = from;
    for (int stretch = 0; stretch < test.stretches() && begin < to; stretch++) {
      int first = test.first(stretch, vectors[key], begin, to);
      begin = first < to ? test.end(stretch, vectors[key], first, to) : to;
      if (first < begin) {
        eachRun(vectors, key, first, begin, found);
      }
    }
  }

  private void eachRun(FieldVector[] vectors, int key, int from, int to, RowRanges found) {
    if (key + 1 == tests.length) {
      found.add(from, to);
      return;
    }
    int first = from;
    while (first < to) {
      int end = runEnd(vectors[key], orders[key], first, to);
      find(vectors, key + 1, first, end, found);
      first = end;
    }
  }

  /** Behind the last row whose value is that of {@code first}. */
  static int runEnd(FieldVector vector, ValueOrder order, int first, int to) {
    if (order.compare(vector, first, vector, to - 1) == 0) {
      return to;
    }
    int low = first;
    int step = 1;
    while (low + step < to && order.compare(vector, first, vector, low + step) == 0) {
      low += step;
      step *= 2;
    }
    int high = Math.min(to, low + step);
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(vector, first, vector, middle) == 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
