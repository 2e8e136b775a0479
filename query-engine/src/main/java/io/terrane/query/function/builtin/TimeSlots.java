package io.terrane.query.function.builtin;

import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TIMESTAMP;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Temporals;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What range queries are made of: slots of time that begin every step, counted from an origin,
 * midnight of the session's time zone if none is given. Lengths are in nanoseconds.
 */
final class TimeSlots {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private TimeSlots() {}

  static List<ScalarFunction> all() {
    return List.of(
        // range_slot(time, step, back [, origin]): begin of the time's slot, some slots back
        RowFunction.named("range_slot")
            .takes(TIMESTAMP, INTEGER, INTEGER)
            .optionally(TIMESTAMP)
            .returns(types -> types.get(0))
            .zoned()
            .kernel((context, a, row, out) -> out.setLong(row, slot(context, a, row, 3))),
        // range_covers(time, step, back, range [, origin]): whether the range from there has it
        RowFunction.named("range_covers")
            .takes(TIMESTAMP, INTEGER, INTEGER, INTEGER)
            .optionally(TIMESTAMP)
            .returns(DataType.BOOLEAN)
            .zoned()
            .kernel(
                (context, a, row, out) ->
                    out.setBoolean(
                        row,
                        a[0].longAt(row) - slot(context, a, row, 4)
                            < units(a[3].longAt(row), a[0].type()))));
  }

  private static long slot(ExecutionContext context, Column[] a, int row, int originAt) {
    DataType type = a[0].type();
    long step = units(a[1].longAt(row), type);
    long origin =
        a.length > originAt
            ? Temporals.rescale(a[originAt].longAt(row), a[originAt].type(), type)
            : Temporals.timestamp(EPOCH, type, context.timeZone());
    long time = a[0].longAt(row);
    return time - Math.floorMod(time - origin, step) - step * a[2].longAt(row);
  }

  private static long units(long nanos, DataType type) {
    long unit = 1_000_000_000L / type.unitsPerSecond();
    if (nanos <= 0 || nanos % unit != 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, nanos + " ns cannot be counted in " + type);
    }
    return nanos / unit;
  }
}
