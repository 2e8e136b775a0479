package io.terrane.query.function.builtin;

import static io.terrane.api.table.DataType.INT64;
import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.INTEGER;
import static io.terrane.query.function.Param.TEXT;

import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;
import java.util.StringJoiner;

/** Sets as texts with commas, and as bits (MySQL 8.4 manual, 14.8). */
final class SetFunctions {
  private SetFunctions() {}

  static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("find_in_set")
            .takes(TEXT, TEXT)
            .returns(INT64)
            .kernel(
                (context, a, row, out) ->
                    out.setLong(
                        row,
                        StringParts.split(a[1].stringAt(row), ",").indexOf(a[0].stringAt(row))
                            + 1L)),
        RowFunction.named("make_set")
            .takes(INTEGER, TEXT)
            .andMore(TEXT)
            .returns(STRING)
            .takesNulls()
            .kernel((context, a, row, out) -> makeSet(a, row, out)),
        RowFunction.named("export_set")
            .takes(INTEGER, TEXT, TEXT)
            .optionally(TEXT, INTEGER)
            .returns(STRING)
            .kernel((context, a, row, out) -> exportSet(a, row, out)));
  }

  /** The texts whose bits are set; NULLs among them are left out. */
  private static void makeSet(Column[] a, int row, Column out) {
    if (a[0].isNull(row)) {
      out.setNull(row);
      return;
    }
    StringJoiner set = new StringJoiner(",");
    for (int i = 1; i < Math.min(a.length, Long.SIZE + 1); i++) {
      if ((a[0].longAt(row) >>> (i - 1) & 1) == 1 && !a[i].isNull(row)) {
        set.add(a[i].stringAt(row));
      }
    }
    out.setString(row, set.toString());
  }

  private static void exportSet(Column[] a, int row, Column out) {
    StringJoiner bits = new StringJoiner(a.length > 3 ? a[3].stringAt(row) : ",");
    long count = a.length > 4 ? a[4].longAt(row) : Long.SIZE;
    for (int i = 0; i < (count < 0 || count > Long.SIZE ? Long.SIZE : count); i++) {
      bits.add(a[(a[0].longAt(row) >>> i & 1) == 1 ? 1 : 2].stringAt(row));
    }
    out.setString(row, bits.toString());
  }
}
