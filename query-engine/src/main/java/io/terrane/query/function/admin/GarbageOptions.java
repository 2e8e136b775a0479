package io.terrane.query.function.admin;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code gc_table} and {@code gc_regions} take by name.
 *
 * @param dryRun delete nothing, count what nobody needs
 */
record GarbageOptions(boolean dryRun) {
  private static final String DRY_RUN = "dry_run";
  static final Set<String> NAMES = Set.of(DRY_RUN);

  static GarbageOptions read(String function, Map<String, Datum> options) {
    Datum dryRun = options.getOrDefault(DRY_RUN, Datum.of(false));
    return new GarbageOptions(OptionValues.flag(function, DRY_RUN, dryRun));
  }

  RegionInstruction instruction(RegionId region) {
    return new RegionInstruction.CollectGarbage(region, dryRun);
  }

  /** How many regions were looked at; in a dry run, how many files in them nobody needs. */
  Datum answer(List<InstructionReply> replies) {
    long files = 0;
    for (InstructionReply reply : replies) {
      if (reply instanceof InstructionReply.Swept swept) {
        files += swept.files() + swept.waiting();
      }
    }
    return new Datum(DataType.UINT64, dryRun ? files : (long) replies.size());
  }
}
