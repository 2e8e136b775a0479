package io.terrane.meta.migration;

import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.region.RegionStat;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.membership.NodeRegistry;
import io.terrane.meta.membership.RegionLeases;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says what a move would meet, without making it. Thread-safe. */
public final class MigrationPlanner {
  private final MetadataStore store;
  private final NodeRegistry registry;
  private final FailureDetector detector;
  private final RegionLeases leases;

  public MigrationPlanner(
      MetadataStore store, NodeRegistry registry, FailureDetector detector, RegionLeases leases) {
    this.store = store;
    this.registry = registry;
    this.detector = detector;
    this.leases = leases;
  }

  public MigrationPlan plan(MigrateRegion move) {
    MetadataImage image = store.image();
    Optional<RegionStat> stat = registry.reported(move.from(), move.region());
    return new MigrationPlan(
        MigrationChecks.results(move, image, detector),
        stat.map(RegionStat::sstBytes).orElse(-1L),
        stat.map(RegionStat::memtableBytes).orElse(-1L),
        stat.map(s -> Math.max(0, s.committedSequence() - s.flushedSequence())).orElse(-1L),
        detector.isAlive(move.from()) ? Duration.ZERO : leases.remaining(move.region()),
        usualStall(image));
  }

  private static Optional<Duration> usualStall(MetadataImage image) {
    List<Duration> stalls =
        image.procedures().values().stream()
            .filter(record -> record.type().equals(RegionMigration.TYPE))
            .flatMap(record -> MigrationHistory.of(record.state()).stall().stream())
            .sorted()
            .toList();
    return stalls.isEmpty() ? Optional.empty() : Optional.of(stalls.get(stalls.size() / 2));
  }
}
