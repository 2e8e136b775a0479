package io.terrane.meta.failover;

import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.region.RegionId;
import io.terrane.meta.migration.RegionMigration;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.ProcedureRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The moves that the image knows.
 *
 * @param moving regions on the move
 * @param automatic how many of the moves nobody asked for by hand
 */
record Moves(Set<RegionId> moving, int automatic) {
  static Moves of(MetadataImage image) {
    Set<RegionId> moving = new HashSet<>();
    int automatic = 0;
    for (ProcedureRecord record : image.procedures().values()) {
      if (record.type().equals(RegionMigration.TYPE) && !record.isFinal()) {
        moving.add(RegionMigration.region(record));
        automatic += isByHand(RegionMigration.reason(record)) ? 0 : 1;
      }
    }
    return new Moves(moving, automatic);
  }

  /** Why the latest move of the regions failed, if it did, for the first that tells. */
  static Optional<String> lastError(MetadataImage image, Set<RegionId> regions) {
    Map<RegionId, ProcedureRecord> latest = new HashMap<>();
    for (ProcedureRecord record : image.procedures().values()) {
      boolean ended = record.type().equals(RegionMigration.TYPE) && record.isFinal();
      if (ended && regions.contains(RegionMigration.region(record))) {
        latest.merge(
            RegionMigration.region(record),
            record,
            (one, other) -> one.startedAt().isAfter(other.startedAt()) ? one : other);
      }
    }
    return latest.values().stream()
        .flatMap(record -> record.error().map(why -> text(record, why)).stream())
        .sorted()
        .findFirst();
  }

  private static String text(ProcedureRecord record, String error) {
    return "region " + RegionMigration.region(record).value() + ": " + error;
  }

  private static boolean isByHand(MigrationReason reason) {
    return switch (reason) {
      case MANUAL, UNDO -> true;
      case FAILOVER, DRAIN, TABLE -> false;
    };
  }
}
