package io.terrane.query.function.admin;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code gc_regions(region, …)}: deletes superfluous files of these regions and answers how many
 * were looked at, or with {@code dry_run => true} how many superfluous files there are.
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
    List<InstructionReply> replies = new ArrayList<>();
    for (Datum region : arguments) {
      replies.add(maintenance.region(new RegionId(number(region)), name(), options::instruction));
    }
    return options.answer(replies);
  }
}
