package io.terrane.query.function;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All functions by name. Immutable; two functions of one name are a defect of the assembly. */
public final class FunctionRegistry {
  private final List<ScalarFunction> scalars;
  private final List<AggregateFunction> aggregates;
  private final Map<String, ScalarFunction> scalarByName = new TreeMap<>();
  private final Map<String, AggregateFunction> aggregateByName = new TreeMap<>();

  public FunctionRegistry(List<ScalarFunction> scalars, List<AggregateFunction> aggregates) {
    this.scalars = List.copyOf(scalars);
    this.aggregates = List.copyOf(aggregates);
    for (ScalarFunction function : scalars) {
      add(scalarByName, function.name(), function);
      function.aliases().forEach(alias -> add(scalarByName, alias, function));
    }
    for (AggregateFunction function : aggregates) {
      add(aggregateByName, function.name(), function);
      function.aliases().forEach(alias -> add(aggregateByName, alias, function));
    }
  }

  private static <F> void add(Map<String, F> functions, String name, F function) {
    if (functions.put(name, function) != null) {
      throw new IllegalArgumentException("function " + name + " is defined twice");
    }
  }

  /** By lower-case name or alias. */
  public Optional<ScalarFunction> findScalar(String name) {
    return Optional.ofNullable(scalarByName.get(name));
  }

  /** By lower-case name or alias. */
  public Optional<AggregateFunction> findAggregate(String name) {
    return Optional.ofNullable(aggregateByName.get(name));
  }

  public Collection<ScalarFunction> allScalars() {
    return scalars;
  }

  public Collection<AggregateFunction> allAggregates() {
    return aggregates;
  }

  /** Every name and alias of a scalar function. */
  public Collection<String> scalarNames() {
    return Collections.unmodifiableSet(scalarByName.keySet());
  }

  /** Every name and alias of an aggregate function. */
  public Collection<String> aggregateNames() {
    return Collections.unmodifiableSet(aggregateByName.keySet());
  }
}
