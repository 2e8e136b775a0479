package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/**
 * All operators of a registry, under every name they have. Of Calcite's own only those remain that
 * are part of the query's structure (AND, IN with a query, OVER, COUNT …). Immutable, thread-safe.
 */
public final class OperatorTable implements SqlOperatorTable {
  private static final Set<String> WINDOW_FUNCTIONS =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value");

  private final Map<String, SqlOperator> scalars = new HashMap<>();
  private final Map<String, SqlOperator> aggregates = new HashMap<>();
  private final SqlOperatorTable standard = SqlStdOperatorTable.instance();

  public OperatorTable(FunctionRegistry registry) {
    registry
        .allScalars()
        .forEach(
            function -> {
              ScalarOperator operator = new ScalarOperator(function);
              scalars.put(function.name(), operator);
              function.aliases().forEach(alias -> scalars.put(alias, operator));
            });
    registry
        .allAggregates()
        .forEach(
            function -> {
              SqlOperator operator =
                  switch (function.name()) {
                    // Decorrelation must know that these two answer something for no rows.
                    case "count" -> SqlStdOperatorTable.COUNT;
                    case "single_value" -> SqlStdOperatorTable.SINGLE_VALUE;
                    default -> new AggregateOperator(function);
                  };
              aggregates.put(function.name(), operator);
              function.aliases().forEach(alias -> aggregates.put(alias, operator));
            });
  }

  Optional<SqlOperator> findScalar(String name) {
    return Optional.ofNullable(scalars.get(name.toLowerCase(Locale.ROOT)));
  }

  Optional<SqlOperator> findAggregate(String name) {
    return Optional.ofNullable(aggregates.get(name.toLowerCase(Locale.ROOT)));
  }

  /** An operator or function that must be there. */
  SqlOperator scalar(String name) {
    return findScalar(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.FUNCTION_NOT_FOUND, "FUNCTION " + name + " does not exist"));
  }

  static boolean isWindowFunction(String name) {
    return WINDOW_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher nameMatcher) {
    if (name.isSimple() && syntax.family == SqlSyntax.FUNCTION) {
      String folded = name.getSimple().toLowerCase(Locale.ROOT);
      SqlOperator own = aggregates.getOrDefault(folded, scalars.get(folded));
      if (own != null) {
        found.add(own);
        return;
      }
    }
    standard.lookupOperatorOverloads(name, category, syntax, found, nameMatcher);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    List<SqlOperator> all = new ArrayList<>(scalars.values());
    all.addAll(aggregates.values());
    all.addAll(standard.getOperatorList());
    return all;
  }
}
