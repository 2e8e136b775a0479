package io.terrane.query.function.admin;

import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.function.Function;

/** Flush and compaction of a table or a region; answers 0 once it is done, as GreptimeDB does. */
final class MaintenanceFunction extends AdminFunction {
  /** What the argument names. */
  enum Target {
    TABLE,
    REGION
  }

  private final RegionMaintenance maintenance;
  private final Target target;

  MaintenanceFunction(String name, RegionMaintenance maintenance, Target target) {
    super(name, 1, parameters(name, target));
    this.maintenance = maintenance;
    this.target = target;
  }

  /** GreptimeDB's compact_table also takes a strategy and its options. */
  private static Parameter[] parameters(String name, Target target) {
    if (name.equals("compact_table")) {
      return new Parameter[] {Parameter.TEXT, Parameter.TEXT, Parameter.TEXT};
    }
    return new Parameter[] {target == Target.TABLE ? Parameter.TEXT : Parameter.NUMBER};
  }

  @Override
  public DataType resultType() {
    return DataType.INT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    Function<RegionId, RegionInstruction> instruction =
        name().startsWith("flush")
            ? RegionInstruction.FlushRegion::new
            : RegionInstruction.CompactRegion::new;
    switch (target) {
      case TABLE ->
          maintenance.table(
              (String) arguments.get(0).value(), caller.database(), name(), instruction);
      case REGION ->
          maintenance.region(new RegionId(number(arguments.get(0))), name(), instruction);
    }
    return Datum.of(0L);
  }
}
