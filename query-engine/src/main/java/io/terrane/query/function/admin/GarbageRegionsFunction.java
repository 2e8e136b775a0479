package io.terrane.query.function.admin;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.Collections;
import java.util.List;

/**
 * {@code gc_regions(region, …)}: deletes superfluous files of these regions and answers how many
 * were looked at.
 */
final class GarbageRegionsFunction extends AdminFunction {
  private static final int REGIONS_MAX = 64;

  private final RegionMaintenance maintenance;

  GarbageRegionsFunction(RegionMaintenance maintenance) {
    super(
        "gc_regions",
        1,
        Collections.nCopies(REGIONS_MAX, Parameter.NUMBER).toArray(Parameter[]::new));
    this.maintenance = maintenance;
  }

  @Override
  public DataType resultType() {
    return DataType.UINT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    for (Datum region : arguments) {
      maintenance.region(
          new RegionId(number(region)), name(), RegionInstruction.CollectGarbage::new);
    }
    return new Datum(DataType.UINT64, (long) arguments.size());
  }
}
