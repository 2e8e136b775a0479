package io.terrane.query.plan;

import io.terrane.query.function.FunctionRegistry;
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

/** Calcite's own operators where its rules must know them, the registry's for all else. */
final class FunctionOperators implements SqlOperatorTable {
  /** Functions that only make sense over a window, and stay Calcite's. */
  static final Set<String> WINDOW_FUNCTIONS =
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

  private final Map<String, RegistryFunction> scalars = new HashMap<>();
  private final Map<String, RegistryAggregate> aggregates = new HashMap<>();

  FunctionOperators(FunctionRegistry registry) {
    for (String name : registry.scalarNames()) {
      scalars.put(name, new RegistryFunction(registry.findScalar(name).orElseThrow()));
    }
    for (String name : registry.aggregateNames()) {
      aggregates.put(name, new RegistryAggregate(registry.findAggregate(name).orElseThrow()));
    }
  }

  Optional<RegistryFunction> scalar(String name) {
    return Optional.ofNullable(scalars.get(name.toLowerCase(Locale.ROOT)));
  }

  Optional<RegistryAggregate> aggregate(String name) {
    return Optional.ofNullable(aggregates.get(name.toLowerCase(Locale.ROOT)));
  }

  RegistryFunction operator(String name) {
    return scalar(name)
        .orElseThrow(() -> new IllegalStateException("the registry has no operator " + name));
  }

  Set<String> scalarNames() {
    return scalars.keySet();
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    SqlStdOperatorTable.instance().lookupOperatorOverloads(name, category, syntax, found, matcher);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return SqlStdOperatorTable.instance().getOperatorList();
  }
}
