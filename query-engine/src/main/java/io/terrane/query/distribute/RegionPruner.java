package io.terrane.query.distribute;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which regions can hold rows that meet a query's conditions. Looks at equations of partition
 * columns with constants of the column's type ({@code =} and {@code IN}); when all partition
 * columns are fixed so, the rule itself says where the rows are, otherwise a region stays unless
 * its own bound contradicts the values.
 */
final class RegionPruner {
  private static final int COMBINATIONS_MAX = 1024;

  private RegionPruner() {}

  /** Region numbers in order; all of them if nothing is known; at least one. */
  static List<Integer> regions(TableInfo table, List<ScalarExpr> filters) {
    PartitionRule rule = table.partitionRule();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < rule.regionCount(); i++) {
      all.add(i);
    }
    if (all.size() == 1) {
      return all;
    }
    Map<String, List<Datum>> fixed = new HashMap<>();
    filters.forEach(filter -> collect(table.schema(), filter, fixed));
    if (fixed.keySet().containsAll(rule.columns())) {
      Set<Integer> hit = new TreeSet<>();
      boolean known = combine(rule, fixed, new HashMap<>(), 0, hit);
      return !known ? all : hit.isEmpty() ? List.of(0) : List.copyOf(hit);
    }
    // Region 0 also takes the rows that meet no bound.
    List<Integer> possible =
        all.stream().filter(i -> i == 0 || possible(rule.bounds().get(i).expr(), fixed)).toList();
    return possible;
  }

  private static boolean combine(
      PartitionRule rule,
      Map<String, List<Datum>> fixed,
      Map<String, Datum> row,
      int column,
      Set<Integer> hit) {
    if (column == rule.columns().size()) {
      hit.add(rule.regionFor(row::get));
      return true;
    }
    String name = rule.columns().get(column);
    List<Datum> values = fixed.get(name);
    if (values.size() > COMBINATIONS_MAX / rule.columns().size()) {
      return false;
    }
    for (Datum value : values) {
      row.put(name, value);
      if (!combine(rule, fixed, row, column + 1, hit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean possible(PartitionExpr bound, Map<String, List<Datum>> fixed) {
    if (bound instanceof PartitionExpr.And and) {
      return possible(and.left(), fixed) && possible(and.right(), fixed);
    } else if (bound instanceof PartitionExpr.Or or) {
      return possible(or.left(), fixed) || possible(or.right(), fixed);
    }
    PartitionExpr.Compare compare = (PartitionExpr.Compare) bound;
    List<Datum> values = fixed.get(compare.column());
    return values == null || values.stream().anyMatch(value -> compare.matches(name -> value));
  }

  private static void collect(
      TableSchema schema, ScalarExpr filter, Map<String, List<Datum>> fixed) {
    if (!(filter instanceof ScalarExpr.Call call)) {
      return;
    }
    List<ScalarExpr> arguments = call.arguments();
    switch (call.function()) {
      case "and" -> arguments.forEach(argument -> collect(schema, argument, fixed));
      case "=" -> {
        collect(schema, arguments.get(0), arguments.subList(1, 2), fixed);
        collect(schema, arguments.get(1), arguments.subList(0, 1), fixed);
      }
      case "in" -> collect(schema, arguments.get(0), arguments.subList(1, arguments.size()), fixed);
      default -> {
        // Says nothing about single values.
      }
    }
  }

  private static void collect(
      TableSchema schema,
      ScalarExpr column,
      List<ScalarExpr> candidates,
      Map<String, List<Datum>> fixed) {
    if (!(column instanceof ScalarExpr.ColumnRef ref) || ref.index() >= schema.columns().size()) {
      return;
    }
    List<Datum> values = new ArrayList<>();
    for (ScalarExpr candidate : candidates) {
      if (!(candidate instanceof ScalarExpr.Literal literal)) {
        return;
      }
      Datum value = Constants.exactly(literal.value(), ref.type());
      if (value == null) {
        return;
      }
      values.add(value);
    }
    fixed.putIfAbsent(schema.columns().get(ref.index()).name(), values);
  }
}
