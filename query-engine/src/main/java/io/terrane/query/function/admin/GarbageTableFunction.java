package io.terrane.query.function.admin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code gc_table(table [, full_listing])}: deletes a table's superfluous files and answers how
 * many regions were looked at, or with {@code dry_run => true} how many superfluous files there
 * are. A region's folder is always listed in full, so the second argument makes no difference.
 */
final class GarbageTableFunction extends AdminFunction {
  private final RegionMaintenance maintenance;

  GarbageTableFunction(RegionMaintenance maintenance) {
    super("gc_table", 1, Parameter.TEXT, Parameter.FLAG);
    this.maintenance = maintenance;
  }

  @Override
  public DataType resultType() {
    return DataType.UINT64;
  }

  @Override
  Set<String> optionNames() {
    return GarbageOptions.NAMES;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    return act(arguments, Map.of(), caller);
  }

  @Override
  Datum act(List<Datum> arguments, Map<String, Datum> given, AdminCaller caller) {
    GarbageOptions options = GarbageOptions.read(name(), given);
    String table = (String) arguments.get(0).value();
    return options.answer(
        maintenance.table(table, caller.database(), name(), options::instruction));
  }
}
