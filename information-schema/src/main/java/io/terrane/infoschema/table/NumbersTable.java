package io.terrane.infoschema.table;

import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * GreptimeDB's {@code public.numbers}: 0 to 99, for trying things out. A user's table of that name
 * hides it.
 */
public final class NumbersTable {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  private NumbersTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<Integer>named(2, new TableName(TableName.DEFAULT_DATABASE, "numbers"))
        .uint32("number", number -> number)
        .rows(context -> NUMBERS);
  }
}
