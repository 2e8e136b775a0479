package io.terrane.meta.procedure;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import io.terrane.meta.store.Proposal;
import io.terrane.meta.store.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Procedures as records of the metadata: submits, transitions, retention. Never blocks. */
final class ProcedureStore {
  private final MetadataStore store;
  private final ProcedureTypes types;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration retention;
  private final int finishedMax;
  private final int runningMax;

  ProcedureStore(
      MetadataStore store,
      ProcedureTypes types,
      InstantSource clock,
      RandomGenerator random,
      Duration retention,
      int finishedMax,
      int runningMax) {
    this.store = store;
    this.types = types;
    this.clock = clock;
    this.random = random;
    this.retention = retention;
    this.finishedMax = finishedMax;
    this.runningMax = runningMax;
  }

  /** What a submit came to: the record, and whether it is this call that made it. */
  record Submitted(ProcedureRecord record, Optional<Procedure> created) {}

  CompletableFuture<Submitted> submit(Function<MetadataImage, Procedure> factory, String key) {
    return store.commit(
        image ->
            withKey(image, key)
                .map(known -> new Proposal<>(MetadataEdit.NOTHING, known))
                .orElseGet(() -> create(image, factory.apply(image), key)));
  }

  List<ProcedureRecord> unfinished() {
    return store.image().procedures().values().stream()
        .filter(record -> !record.isFinal())
        .sorted(Comparator.comparing(ProcedureRecord::startedAt))
        .toList();
  }

  /** A stored record and the state it was made of. */
  record Advanced(ProcedureRecord record, Procedure procedure) {}

  /** Stores the state the author decides on, together with its edit. */
  CompletableFuture<Advanced> advance(
      ProcedureRecord from, Function<MetadataImage, Transition.Decision> author) {
    return store.commit(
        image -> {
          Optional<ProcedureRecord> earlier = earlierTry(image, from);
          if (earlier.isPresent()) {
            ProcedureRecord record = earlier.get();
            Procedure procedure = types.load(record.type(), record.state());
            return new Proposal<>(MetadataEdit.NOTHING, new Advanced(record, procedure));
          }
          Transition.Decision decision = author.apply(image);
          ProcedureRecord to = record(from, decision.next());
          MetadataEdit edit = replacing(from, to, decision.edit());
          return new Proposal<>(edit, new Advanced(to, decision.next()));
        });
  }

  CompletableFuture<ProcedureRecord> end(
      ProcedureRecord from,
      Optional<TerraneException> failure,
      Function<MetadataImage, MetadataEdit> author) {
    ProcedureRecord to =
        new ProcedureRecord(
            from.id(),
            from.type(),
            from.key(),
            from.revision() + 1,
            failure.isPresent() ? ProcedureStatus.FAILED : ProcedureStatus.DONE,
            from.step(),
            from.state(),
            from.lockKeys(),
            List.of(),
            failure.map(TerraneException::code),
            failure.map(TerraneException::getMessage),
            from.startedAt(),
            Optional.of(clock.instant()),
            0);
    return store.commit(
        image -> {
          Optional<ProcedureRecord> earlier = earlierTry(image, from);
          return earlier.isPresent()
              ? new Proposal<>(MetadataEdit.NOTHING, earlier.get())
              : new Proposal<>(replacing(from, to, author.apply(image)), to);
        });
  }

  /**
   * The record that follows {@code from}, if a commit whose answer was lost has made it. Refuses if
   * somebody else runs the procedure.
   */
  private static Optional<ProcedureRecord> earlierTry(MetadataImage image, ProcedureRecord from) {
    ProcedureRecord present = image.procedures().get(from.id());
    if (present == null || present.revision() > from.revision() + 1) {
      throw new TerraneException(
          ErrorCode.NOT_METASRV_LEADER, "procedure " + from.id() + " is run by somebody else");
    }
    return Optional.of(present).filter(record -> record.revision() > from.revision());
  }

  private static MetadataEdit replacing(
      ProcedureRecord from, ProcedureRecord to, MetadataEdit edit) {
    return edit.requiring(new Requirement.ProcedureAt(from.id(), from.revision()))
        .and(new Change.PutProcedure(to));
  }

  private static ProcedureRecord record(ProcedureRecord from, Procedure next) {
    return new ProcedureRecord(
        from.id(),
        from.type(),
        from.key(),
        from.revision() + 1,
        next.status(),
        next.step(),
        next.state(),
        next.lockKeys().texts(),
        next.claims(),
        Optional.empty(),
        Optional.empty(),
        from.startedAt(),
        Optional.empty(),
        0);
  }

  private Proposal<Submitted> create(MetadataImage image, Procedure procedure, String key) {
    long running = image.procedures().values().stream().filter(r -> !r.isFinal()).count();
    if (running >= runningMax) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED,
          running + " procedures are running; wait until one has ended");
    }
    ProcedureRecord record =
        new ProcedureRecord(
            new ProcedureId(newId()),
            procedure.type(),
            key,
            1,
            procedure.status(),
            procedure.step(),
            procedure.state(),
            procedure.lockKeys().texts(),
            procedure.claims(),
            Optional.empty(),
            Optional.empty(),
            clock.instant(),
            Optional.empty(),
            0);
    MetadataEdit edit =
        forgetting(image)
            .requiring(new Requirement.ProcedureAt(record.id(), 0))
            .and(new Change.PutProcedure(record));
    return new Proposal<>(edit, new Submitted(record, Optional.of(procedure)));
  }

  private static Optional<Submitted> withKey(MetadataImage image, String key) {
    return image.procedures().values().stream()
        .filter(record -> record.key().equals(key))
        .findFirst()
        .map(record -> new Submitted(record, Optional.empty()));
  }

  /** Forgets finished procedures whose time is over, and the oldest of too many. */
  private MetadataEdit forgetting(MetadataImage image) {
    Instant limit = clock.instant().minus(retention);
    List<ProcedureRecord> finished =
        image.procedures().values().stream()
            .filter(ProcedureRecord::isFinal)
            .sorted(Comparator.comparing(record -> record.endedAt().orElse(record.startedAt())))
            .toList();
    MetadataEdit edit = MetadataEdit.NOTHING;
    for (int i = 0; i < finished.size(); i++) {
      ProcedureRecord record = finished.get(i);
      boolean tooMany = finished.size() - i >= finishedMax;
      if (tooMany || record.endedAt().orElse(record.startedAt()).isBefore(limit)) {
        edit = edit.and(new Change.ForgetProcedure(record.id()));
      }
    }
    return edit;
  }

  private UUID newId() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
