package io.terrane.meta.migration;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteStall;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import io.terrane.meta.store.Proposal;
import io.terrane.meta.store.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the stalls that frontends report into the records of the migrations they were held for,
 * once those have ended. What no migration explains (a datanode that restarted) is dropped.
 * Thread-safe, never blocks. What is not written yet when a metasrv dies is lost: it is told, not
 * decided by.
 */
public final class StallLedger {
  private static final Logger LOG = LoggerFactory.getLogger(StallLedger.class);
  private static final int PENDING_MAX = 10_000;

  private final MetadataStore store;
  private final Map<Led, WriteStall> pending = new HashMap<>();
  private boolean writing;

  public StallLedger(MetadataStore store) {
    this.store = store;
  }

  /** Takes a frontend's report, which may be empty: what waits is tried again. */
  public void report(List<WriteStall> stalls) {
    Map<Led, WriteStall> taken;
    synchronized (this) {
      stalls.forEach(this::keep);
      if (writing || pending.isEmpty()) {
        return;
      }
      writing = true;
      taken = new HashMap<>(pending);
      pending.clear();
    }
    store
        .commit(image -> write(taken, image))
        .whenComplete((later, failure) -> afterwards(taken, later, failure));
  }

  private synchronized void afterwards(
      Map<Led, WriteStall> taken, Set<Led> later, Throwable failure) {
    writing = false;
    if (failure != null) {
      LOG.info("write stalls are stored later: {}", TerraneException.of(failure).getMessage());
      taken.values().forEach(this::keep);
    } else {
      later.forEach(led -> keep(taken.get(led)));
    }
  }

  private synchronized void keep(WriteStall stall) {
    Led led = new Led(stall.region(), stall.epoch());
    if (pending.containsKey(led) || pending.size() < PENDING_MAX) {
      pending.merge(led, stall, WriteStall::plus);
    }
  }

  /** The edit, and what is to wait because its migration has not ended. */
  private static Proposal<Set<Led>> write(Map<Led, WriteStall> taken, MetadataImage image) {
    MetadataEdit edit = MetadataEdit.NOTHING;
    Set<Led> later = new HashSet<>();
    Set<Led> written = new HashSet<>();
    for (ProcedureRecord record : image.procedures().values()) {
      if (!record.type().equals(RegionMigration.TYPE)) {
        continue;
      }
      RegionId region = RegionMove.read(record.state()).region();
      if (!record.isFinal()) {
        taken.keySet().stream().filter(held -> held.region.equals(region)).forEach(later::add);
        continue;
      }
      Optional<Led> ledAfter =
          RegionMigration.epochAfter(record).map(epoch -> new Led(region, epoch));
      Optional<WriteStall> stall = ledAfter.map(taken::get);
      if (stall.isPresent() && written.add(ledAfter.orElseThrow())) {
        edit =
            edit.requiring(new Requirement.ProcedureAt(record.id(), record.revision()))
                .and(
                    new Change.PutProcedure(
                        record.with(RegionMigration.held(record, stall.get()))));
      }
    }
    later.removeAll(written);
    return new Proposal<>(edit, later);
  }

  private record Led(RegionId region, RegionEpoch epoch) {}
}
