package io.terrane.meta.migration;

import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationProgress;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionStat;
import io.terrane.meta.membership.NodeRegistry;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to what procedures show what migrations have to tell. Thread-safe. */
public final class MigrationReports {
  private final MetadataStore store;
  private final NodeRegistry registry;
  private final InstantSource clock;

  /**
   * @param registry knows how far both sides are, as of their last heartbeats
   */
  public MigrationReports(MetadataStore store, NodeRegistry registry, InstantSource clock) {
    this.store = store;
    this.registry = registry;
    this.clock = clock;
  }

  public List<ProcedureInfo> of(List<ProcedureInfo> infos) {
    MetadataImage image = store.image();
    return infos.stream().map(info -> of(info, image)).toList();
  }

  public ProcedureInfo of(ProcedureInfo info) {
    return of(info, store.image());
  }

  private ProcedureInfo of(ProcedureInfo info, MetadataImage image) {
    ProcedureRecord record = image.procedures().get(info.id());
    boolean moves = record != null && record.type().equals(RegionMigration.TYPE);
    return moves ? info.with(report(info, record, image)) : info;
  }

  private MigrationInfo report(ProcedureInfo info, ProcedureRecord record, MetadataImage image) {
    RegionMove move = RegionMove.read(record.state());
    MigrationHistory history = MigrationHistory.of(record.state());
    Optional<RegionStat> candidate =
        record.isFinal() ? Optional.empty() : registry.reported(move.to(), move.region());
    long replayed =
        Math.max(candidate.map(RegionStat::replayedPosition).orElse(-1L), history.replayed());
    return new MigrationInfo(
        move.region(),
        move.table(),
        move.from(),
        move.to(),
        move.reason(),
        move.askedBy(),
        steps(history, info),
        history.opened(),
        replayed,
        history.end(),
        history.work(),
        history.retries(),
        history.lastError(),
        history.stall(),
        history.heldWrites(),
        record.isFinal() ? Optional.empty() : Optional.of(progress(move, record, image, replayed)),
        history.verification());
  }

  private MigrationProgress progress(
      RegionMove move, ProcedureRecord record, MetadataImage image, long replayed) {
    long target =
        registry.reported(move.from(), move.region()).map(RegionStat::replayedPosition).orElse(-1L);
    Duration elapsed = Duration.between(record.startedAt(), clock.instant());
    Duration reading =
        replayed < 0 || target < replayed
            ? Duration.ZERO
            : CatchUp.PER_RECORD.multipliedBy(target - replayed);
    return new MigrationProgress(
        target,
        usualTime(image)
            .map(usual -> usual.minus(elapsed))
            .map(left -> left.isNegative() ? reading : left.plus(reading)));
  }

  /** Median of the moves that are kept and came to their target. */
  private static Optional<Duration> usualTime(MetadataImage image) {
    List<Duration> times =
        image.procedures().values().stream()
            .filter(record -> record.type().equals(RegionMigration.TYPE))
            .filter(record -> record.status() == ProcedureStatus.DONE)
            .flatMap(
                record ->
                    record.endedAt().stream().map(end -> Duration.between(record.startedAt(), end)))
            .sorted()
            .toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  private static List<MigrationStep> steps(MigrationHistory history, ProcedureInfo info) {
    List<MigrationStep> steps = new ArrayList<>();
    List<MigrationHistory.Entry> entered = history.entered();
    for (int i = 0; i < entered.size(); i++) {
      MigrationHistory.Entry entry = entered.get(i);
      boolean last = i + 1 == entered.size();
      steps.add(
          new MigrationStep(
              entry.step(),
              entry.at(),
              last ? info.endedAt() : Optional.of(entered.get(i + 1).at())));
    }
    return steps;
  }
}
