package io.terrane.meta.migration;

import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.region.RegionStat;
import io.terrane.meta.membership.NodeRegistry;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to what procedures show what migrations have to tell. Thread-safe. */
public final class MigrationReports {
  private final MetadataStore store;
  private final NodeRegistry registry;

  /**
   * @param registry knows how far a candidate has read, as of its last heartbeat
   */
  public MigrationReports(MetadataStore store, NodeRegistry registry) {
    this.store = store;
    this.registry = registry;
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
    return moves ? info.with(report(info, record)) : info;
  }

  private MigrationInfo report(ProcedureInfo info, ProcedureRecord record) {
    RegionMove move = RegionMove.read(record.state());
    MigrationHistory history = MigrationHistory.of(record.state());
    Optional<RegionStat> candidate =
        record.isFinal() ? Optional.empty() : registry.reported(move.to(), move.region());
    long replayed = candidate.map(RegionStat::replayedPosition).orElse(-1L);
    return new MigrationInfo(
        move.region(),
        move.table(),
        move.from(),
        move.to(),
        move.reason(),
        move.askedBy(),
        steps(history, info),
        history.opened(),
        Math.max(replayed, history.replayed()),
        history.end(),
        history.work(),
        history.retries(),
        history.lastError(),
        history.stall(),
        history.heldWrites(),
        history.verification());
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
