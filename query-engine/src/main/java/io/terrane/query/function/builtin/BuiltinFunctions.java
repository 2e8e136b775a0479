package io.terrane.query.function.builtin;

import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/** Everything the language has without services of a cluster. */
public final class BuiltinFunctions {
  private BuiltinFunctions() {}

  /** Operators and functions. */
  public static List<ScalarFunction> scalars() {
    List<ScalarFunction> all = new ArrayList<>();
    all.addAll(Arithmetic.all());
    all.add(new NegFunction());
    all.addAll(Comparison.all());
    all.addAll(Logic.all());
    all.addAll(Conditional.all());
    all.addAll(CastFunction.all());
    all.add(new InFunction());
    all.addAll(PatternFunctions.all());
    all.addAll(Bits.all());
    return all;
  }

  public static List<AggregateFunction> aggregates() {
    return List.of(
        new CountAggregate(),
        new SumAggregate(),
        new AverageAggregate(),
        ExtremeAggregate.min(),
        ExtremeAggregate.max(),
        FirstAggregate.any(),
        FirstAggregate.first(),
        FirstAggregate.last(),
        FirstAggregate.single());
  }

  /** What a datanode needs, and a frontend without admin functions. */
  public static FunctionRegistry registry() {
    return new FunctionRegistry(scalars(), aggregates());
  }
}
