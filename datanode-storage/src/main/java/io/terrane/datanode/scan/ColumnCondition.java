package io.terrane.datanode.scan;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.ScalarExpr.Call;
import io.terrane.api.fragment.ScalarExpr.ColumnRef;
import io.terrane.api.fragment.ScalarExpr.Literal;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.row.RegionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on one stored column: it compares well with one of the values, and is not NULL.
 *
 * @param operator one of {@code = < <= > >=}
 * @param values of the column's type, none of them NULL; more than one for {@code =} only
 * @param source what it was read from
 */
record ColumnCondition(
    ColumnSchema column, String operator, List<Datum> values, ScalarExpr source) {
  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

  ColumnCondition {
    values = List.copyOf(values);
  }

  /** What must all hold for a predicate to hold. */
  static List<ScalarExpr> conjuncts(ScalarExpr predicate) {
    List<ScalarExpr> parts = new ArrayList<>();
    collect(predicate, parts);
    return parts;
  }

  private static void collect(ScalarExpr expr, List<ScalarExpr> parts) {
    if (expr instanceof Call call && call.function().equals("and")) {
      call.arguments().forEach(argument -> collect(argument, parts));
    } else {
      parts.add(expr);
    }
  }

  /**
   * Those conjuncts that are {@code column op literal}, either way round, or {@code column IN
   * (literals)}, and just as true or not as the condition that comes out.
   *
   * @param columns what the predicate's column numbers refer to
   */
  static List<ColumnCondition> of(RegionSchema schema, List<String> columns, ScalarExpr predicate) {
    List<ColumnCondition> conditions = new ArrayList<>();
    for (ScalarExpr part : conjuncts(predicate)) {
      if (part instanceof Call call) {
        of(schema, columns, call).ifPresent(conditions::add);
      }
    }
    return conditions;
  }

  private static Optional<ColumnCondition> of(
      RegionSchema schema, List<String> columns, Call call) {
    List<ScalarExpr> arguments = call.arguments();
    if (call.function().equals("in")) {
      return arguments.get(0) instanceof ColumnRef column
          ? of(schema, columns, column, "=", arguments.subList(1, arguments.size()), call)
          : Optional.empty();
    }
    if (!MIRRORED.containsKey(call.function()) || arguments.size() != 2) {
      return Optional.empty();
    }
    if (arguments.get(0) instanceof ColumnRef column) {
      return of(schema, columns, column, call.function(), arguments.subList(1, 2), call);
    }
    return arguments.get(1) instanceof ColumnRef column
        ? of(schema, columns, column, MIRRORED.get(call.function()), arguments.subList(0, 1), call)
        : Optional.empty();
  }

  private static Optional<ColumnCondition> of(
      RegionSchema schema,
      List<String> columns,
      ColumnRef reference,
      String operator,
      List<ScalarExpr> literals,
      Call source) {
    int index = schema.indexOf(columns.get(reference.index()));
    if (index < 0) {
      return Optional.empty();
    }
    ColumnSchema column = schema.stored().get(index);
    List<Datum> values = new ArrayList<>();
    for (ScalarExpr expr : literals) {
      if (!(expr instanceof Literal literal)) {
        return Optional.empty();
      }
      if (literal.value().isNull()) {
        // Nothing compares well with NULL.
        continue;
      }
      if (!isComparable(column.type(), literal.type()) || isZero(literal.value())) {
        return Optional.empty();
      }
      values.add(new Datum(column.type(), literal.value().value()));
    }
    return Optional.of(new ColumnCondition(column, operator, values, source));
  }

  /** Of which there are two that the order of keys tells apart. */
  private static boolean isZero(Datum literal) {
    return literal.value() instanceof Double number && number == 0;
  }

  private static boolean isComparable(DataType column, DataType literal) {
    return column.equals(literal)
        || (column.isInteger()
            && literal.isInteger()
            && column.kind() != DataType.Kind.UINT64
            && literal.kind() != DataType.Kind.UINT64);
  }
}
