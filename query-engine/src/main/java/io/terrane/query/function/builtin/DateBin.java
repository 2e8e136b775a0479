package io.terrane.query.function.builtin;

import static io.terrane.query.function.Param.TEXT;
import static io.terrane.query.function.Param.TIMESTAMP;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Period;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code date_bin(stride, timestamp [, origin])}: the start of the bin of fixed width that a
 * timestamp falls into, bins counted from the origin, 1970 if none is given. A stride is written as
 * {@code '5 minutes'} or {@code '1h30m'}; months have no fixed width.
 */
final class DateBin {
  private DateBin() {}

  static ScalarFunction function() {
    return RowFunction.named("date_bin")
        .takes(TEXT, TIMESTAMP)
        .optionally(TIMESTAMP)
        .returns(types -> types.get(1))
        .kernelPerUse(DateBin::kernel);
  }

  private static RowFunction.Kernel kernel() {
    Map<String, Long> strides = new HashMap<>();
    return (context, a, row, out) -> {
      DataType type = a[1].type();
      String text = a[0].stringAt(row);
      Long known = strides.get(text);
      if (known == null) {
        strides.clear();
        known = stride(text, type);
        strides.put(text, known);
      }
      long origin = a.length > 2 ? Temporals.rescale(a[2].longAt(row), a[2].type(), type) : 0;
      out.setLong(row, a[1].longAt(row) - Math.floorMod(a[1].longAt(row) - origin, known));
    };
  }

  private static long stride(String text, DataType type) {
    Period period = Period.parse(text);
    if (period.months() != 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "date_bin stride '" + text + "' has no fixed width");
    }
    long nanos = period.days() * IntervalUnit.DAY.nanos() + period.nanos();
    long units = nanos / (1_000_000_000L / type.unitsPerSecond());
    if (units <= 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "date_bin stride '" + text + "' is too small for " + type);
    }
    return units;
  }
}
