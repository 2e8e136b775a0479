package io.terrane.query.function.admin;

import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code gc_table(table [, full_listing])}: deletes a table's superfluous files and answers how
 * many regions were looked at. A region's folder is always listed in full, so the second argument
 * makes no difference.
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
  Datum act(List<Datum> arguments, AdminCaller caller) {
    String table = (String) arguments.get(0).value();
    long regions =
        maintenance.table(table, caller.database(), name(), RegionInstruction.CollectGarbage::new);
    return new Datum(DataType.UINT64, regions);
  }
}
