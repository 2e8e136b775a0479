package io.terrane.query.function.builtin;

import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.geo.GeoFunctions;
import io.terrane.query.function.json.JsonFunctions;
import io.terrane.query.function.net.IpFunctions;
import io.terrane.query.function.sketch.SketchFunctions;
import io.terrane.query.function.text.SearchFunctions;
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
    all.addAll(NumericFunctions.all());
    all.addAll(Rounding.all());
    all.addAll(StringFunctions.all());
    all.addAll(StringParts.all());
    all.addAll(SetFunctions.all());
    all.addAll(DigestFunctions.all());
    all.addAll(SessionFunctions.all());
    all.addAll(TimeFunctions.all());
    all.addAll(CalendarFunctions.all());
    all.addAll(DateParts.all());
    all.addAll(DateFormats.all());
    all.addAll(DateArithmetic.all());
    all.add(new DateTruncation());
    all.add(new DateReading());
    all.add(DateBin.function());
    all.addAll(TimeSlots.all());
    all.addAll(JsonFunctions.all());
    all.addAll(SearchFunctions.all());
    all.addAll(SketchFunctions.scalars());
    all.addAll(IpFunctions.all());
    all.addAll(GeoFunctions.all());
    return all;
  }

  public static List<AggregateFunction> aggregates() {
    List<AggregateFunction> all = new ArrayList<>();
    all.add(new CountAggregate());
    all.add(new SumAggregate());
    all.add(new AverageAggregate());
    all.add(ExtremeAggregate.min());
    all.add(ExtremeAggregate.max());
    all.addAll(FirstAggregate.all());
    all.addAll(VarianceAggregate.all());
    all.addAll(BitAggregate.all());
    all.addAll(PercentileAggregate.all());
    all.addAll(CorrelationAggregate.all());
    all.add(new ConcatAggregate());
    all.add(new ArrayAggregate());
    all.addAll(SketchFunctions.aggregates());
    all.addAll(JsonFunctions.aggregates());
    return all;
  }

  /** What a datanode needs, and a frontend without admin functions. */
  public static FunctionRegistry registry() {
    return new FunctionRegistry(scalars(), aggregates());
  }
}
