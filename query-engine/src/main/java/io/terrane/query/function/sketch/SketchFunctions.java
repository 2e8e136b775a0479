package io.terrane.query.function.sketch;

import static io.terrane.api.table.DataType.FLOAT64;
import static io.terrane.api.table.DataType.INT64;
import static io.terrane.query.function.Param.DOUBLE;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** GreptimeDB's sketches: aggregates that make states, functions that read them. */
public final class SketchFunctions {
  private SketchFunctions() {}

  public static List<ScalarFunction> scalars() {
    return List.of(
        RowFunction.named("hll_count")
            .takes(TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) -> {
                  DistinctSketch sketch = new DistinctSketch();
                  sketch.merge(ByteBuffer.wrap(a[0].bytesAt(row)));
                  out.setLong(row, sketch.estimate());
                }),
        RowFunction.named("uddsketch_calc")
            .takes(DOUBLE, TEXT)
            .returns(FLOAT64)
            .kernel(
                (context, a, row, out) -> {
                  double share = a[0].doubleAt(row);
                  double value = QuantileSketch.read(a[1].bytesAt(row)).quantile(share);
                  if (share >= 0 && share <= 1 && !Double.isNaN(value)) {
                    out.setDouble(row, value);
                  } else {
                    out.setDouble(row, 0);
                    out.setNull(row);
                  }
                }));
  }

  public static List<AggregateFunction> aggregates() {
    return Stream.of(DistinctCountAggregate.all(), QuantileAggregate.all())
        .flatMap(List::stream)
        .toList();
  }
}
