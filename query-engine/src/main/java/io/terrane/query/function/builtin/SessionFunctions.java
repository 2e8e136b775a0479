package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.api.table.DataType.UINT64;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Param;
import io.terrane.query.function.Placement;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a session knows of itself, and functions that do something. */
final class SessionFunctions {
  private static final double SLEEP_SECONDS_MAX = 86_400 * 365.0;

  private SessionFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        fact(STRING, "database", "schema", "current_database", "current_schema"),
        fact(STRING, "user", "session_user", "system_user"),
        fact(STRING, "current_user"),
        fact(STRING, "version"),
        fact(STRING, "build"),
        fact(UINT64, "connection_id", "pg_backend_pid"),
        fact(UINT64, "last_insert_id"),
        fact(INT64, "found_rows"),
        fact(INT64, "row_count"),
        RowFunction.named("timezone")
            .returns(STRING)
            .volatility(Volatility.STABLE)
            .placement(Placement.FRONTEND_ONLY)
            .kernel(
                (context, a, row, out) -> {
                  String zone = context.timeZone().getId();
                  out.setString(row, zone.equals("Z") ? "UTC" : zone);
                }),
        RowFunction.named("sleep")
            .takes(Param.DOUBLE)
            .returns(INT64)
            .volatility(Volatility.VOLATILE)
            .placement(Placement.FRONTEND_ONLY)
            .kernel(SessionFunctions::sleep),
        RowFunction.named("charset")
            .takes(Param.ANY)
            .returns(STRING)
            .takesNulls()
            .kernel(
                (context, a, row, out) -> out.setString(row, isText(a[0]) ? "utf8mb4" : "binary")),
        RowFunction.named("collation")
            .takes(Param.ANY)
            .returns(STRING)
            .takesNulls()
            .kernel(
                (context, a, row, out) ->
                    out.setString(row, isText(a[0]) ? "utf8mb4_bin" : "binary")),
        RowFunction.named("benchmark")
            .takes(Param.INTEGER, Param.ANY)
            .returns(INT64)
            .takesNulls()
            // The expression is computed once; nobody should measure the server by it.
            .kernel((context, a, row, out) -> out.setLong(row, 0)),
        RowFunction.named("uuid")
            .returns(STRING)
            .volatility(Volatility.VOLATILE)
            .kernel(
                (context, a, row, out) -> {
                  // Version 4, variant 2 of RFC 9562.
                  long high = (context.random().nextLong() & ~0xf000L) | 0x4000L;
                  long low = (context.random().nextLong() >>> 2) | Long.MIN_VALUE;
                  out.setString(row, new UUID(high, low).toString());
                }));
  }

  private static boolean isText(Column column) {
    return column.type().kind() == DataType.Kind.STRING;
  }

  private static ScalarFunction fact(DataType type, String name, String... aliases) {
    return RowFunction.named(name, aliases)
        .returns(type)
        .volatility(Volatility.STABLE)
        .placement(Placement.FRONTEND_ONLY)
        .kernel(
            (context, a, row, out) -> {
              String value = context.sessionValue(name);
              if (value == null) {
                out.setNull(row);
              } else if (type.equals(STRING)) {
                out.setString(row, value);
              } else {
                out.setLong(row, Long.parseLong(value));
              }
            });
  }

  private static void sleep(ExecutionContext context, Column[] a, int row, Column out) {
    double seconds = Math.max(0, Math.min(a[0].doubleAt(row), SLEEP_SECONDS_MAX));
    context.pause(Duration.ofMillis(Math.round(seconds * 1000)));
    out.setLong(row, 0);
  }
}
