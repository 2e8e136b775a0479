package io.terrane.query.exec;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;

/** What window functions give for the rows of one partition (MySQL 8.4 manual, 14.20.1). */
final class WindowFunctions {
  private WindowFunctions() {}

  static Column compute(ExecutionContext context, WindowCall call, WindowPartition rows) {
    Column out = new Column(call.type()).reset(rows.size());
    switch (call.function()) {
      case "row_number" -> longs(rows, out, position -> position + 1);
      case "rank" -> longs(rows, out, position -> rows.peersFrom(position) + 1);
      case "dense_rank" -> longs(rows, out, position -> rows.group(position) + 1);
      case "percent_rank" -> {
        double others = Math.max(1, rows.size() - 1);
        doubles(rows, out, position -> rows.peersFrom(position) / others);
      }
      case "cume_dist" ->
          doubles(rows, out, position -> rows.peersTo(position) / (double) rows.size());
      case "ntile" -> ntile(call, rows, out);
      case "lag" -> shift(context, call, rows, out, -1);
      case "lead" -> shift(context, call, rows, out, 1);
      case "first_value" -> nth(context, call, rows, out, (start, end) -> start);
      case "last_value" -> nth(context, call, rows, out, (start, end) -> end - 1);
      case "nth_value" -> {
        long n = number(call, rows, 1, 1);
        nth(
            context,
            call,
            rows,
            out,
            (start, end) -> n < 1 || n > end - start ? -1 : start + (int) n - 1);
      }
      default -> WindowAggregates.compute(context, call, rows, out);
    }
    return out;
  }

  private interface LongResult {
    long at(int position);
  }

  private interface DoubleResult {
    double at(int position);
  }

  private interface Pick {
    int of(int start, int end);
  }

  private static void longs(WindowPartition rows, Column out, LongResult result) {
    for (int i = 0; i < rows.size(); i++) {
      out.setLong(i, result.at(i));
    }
  }

  private static void doubles(WindowPartition rows, Column out, DoubleResult result) {
    for (int i = 0; i < rows.size(); i++) {
      out.setDouble(i, result.at(i));
    }
  }

  /** A constant argument, read from the partition's first row. */
  private static long number(WindowCall call, WindowPartition rows, int argument, long absent) {
    if (call.args().size() <= argument) {
      return absent;
    }
    Column column = rows.column(call.args().get(argument));
    if (column.isNull(0) || column.storage() != Column.Storage.LONG || column.longAt(0) < 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Incorrect arguments to " + call.function());
    }
    return column.longAt(0);
  }

  /** An argument's values in the type of the result. */
  private static Column argument(
      ExecutionContext context, WindowCall call, WindowPartition rows, int index) {
    return Casts.column(context, rows.column(call.args().get(index)), call.type());
  }

  private static void ntile(WindowCall call, WindowPartition rows, Column out) {
    long tiles = number(call, rows, 0, 1);
    if (tiles < 1) {
      throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "Incorrect arguments to ntile");
    }
    long small = rows.size() / tiles;
    long larger = rows.size() % tiles;
    longs(
        rows,
        out,
        position ->
            position < larger * (small + 1)
                ? position / (small + 1) + 1
                : (position - larger) / Math.max(1, small) + 1);
  }

  private static void shift(
      ExecutionContext context, WindowCall call, WindowPartition rows, Column out, int direction) {
    Column values = argument(context, call, rows, 0);
    long offset = direction * number(call, rows, 1, 1);
    Column absent = call.args().size() > 2 ? argument(context, call, rows, 2) : null;
    for (int i = 0; i < rows.size(); i++) {
      long from = i + offset;
      if (from >= 0 && from < rows.size()) {
        out.setFrom(i, values, (int) from);
      } else if (absent == null) {
        out.setNull(i);
      } else {
        out.setFrom(i, absent, i);
      }
    }
  }

  private static void nth(
      ExecutionContext context, WindowCall call, WindowPartition rows, Column out, Pick pick) {
    Column values = argument(context, call, rows, 0);
    for (int i = 0; i < rows.size(); i++) {
      int start = rows.frameStart(call.frame(), i);
      int end = rows.frameEnd(call.frame(), i);
      int from = start < end ? pick.of(start, end) : -1;
      if (from < 0) {
        out.setNull(i);
      } else {
        out.setFrom(i, values, from);
      }
    }
  }
}
