package io.terrane.meta.procedure;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.time.Scheduler;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the stored procedures while this metasrv leads: each under its locks, every state stored
 * before its step runs, failures handled by {@link RetryPolicy}. Knows nothing of regions.
 * Thread-safe, never blocks.
 */
public final class ProcedureExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(ProcedureExecutor.class);
  private static final Duration PAUSE_BEFORE_LOOKING = Duration.ofSeconds(2);

  /**
   * @param retention how long finished procedures are kept
   * @param finishedMax how many finished procedures are kept at most
   * @param runningMax how many may be unfinished
   */
  public record Limits(RetryPolicy retry, Duration retention, int finishedMax, int runningMax) {}

  private final MetadataStore metadata;
  private final ProcedureStore store;
  private final ProcedureTypes types;
  private final Scheduler scheduler;
  private final Executor executor;
  private final RandomGenerator random;
  private final RetryPolicy retry;
  private final KeyLocks locks = new KeyLocks();
  private final Map<ProcedureId, RunningProcedure> running = new ConcurrentHashMap<>();
  private final Map<ProcedureId, TerraneException> parked = new ConcurrentHashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile boolean halted;
  private volatile boolean submitsInDoubt;

  public ProcedureExecutor(
      MetadataStore metadata,
      ProcedureTypes types,
      Scheduler scheduler,
      Executor executor,
      InstantSource clock,
      RandomGenerator random,
      Limits limits) {
    this.metadata = metadata;
    this.types = types;
    this.scheduler = scheduler;
    this.executor = executor;
    this.random = random;
    this.retry = limits.retry();
    this.store =
        new ProcedureStore(
            metadata,
            types,
            clock,
            random,
            limits.retention(),
            limits.finishedMax(),
            limits.runningMax());
  }

  /** Goes on with everything that is unfinished and does not run, oldest first. */
  public void resume() {
    for (ProcedureRecord record : store.unfinished()) {
      if (running.containsKey(record.id()) || parked.containsKey(record.id())) {
        continue;
      }
      try {
        LOG.info("resume procedure {} {} at {}", record.type(), record.id(), record.step());
        begin(record, types.load(record.type(), record.state()));
      } catch (RuntimeException unreadable) {
        LOG.error("procedure {} cannot be read and is left alone", record.id(), unreadable);
        parked.put(record.id(), TerraneException.of(unreadable));
      }
    }
  }

  /** Takes no further step; unfinished procedures are the next leader's. */
  public void halt() {
    halted = true;
    running.values().forEach(RunningProcedure::halt);
    List<Waiter> left;
    synchronized (waiters) {
      left = List.copyOf(waiters);
      waiters.clear();
    }
    TerraneException reason =
        new TerraneException(ErrorCode.SHUTTING_DOWN, "this metasrv stops; ask the next leader");
    left.forEach(waiter -> waiter.fail(reason));
  }

  /**
   * Stores what {@code factory} makes of the present image and begins to run it. The factory
   * refuses by throwing. The same key gives the same id and starts nothing again.
   */
  public CompletableFuture<ProcedureId> submit(
      Function<MetadataImage, Procedure> factory, String key) {
    return store
        .submit(factory, key)
        .whenComplete((submitted, failure) -> lookForSubmitsInDoubt(failure))
        .thenApply(
            submitted -> {
              submitted.created().ifPresent(created -> begin(submitted.record(), created));
              return submitted.record().id();
            });
  }

  /**
   * A submit whose outcome is unknown may have stored a procedure that nobody runs. It is looked
   * for a little later and at each later submit, until one gets through: by then it is stored or
   * never will be.
   */
  private void lookForSubmitsInDoubt(Throwable failure) {
    boolean unknown =
        failure != null && TerraneException.of(failure).kind() == ErrorKind.OUTCOME_UNKNOWN;
    if (unknown) {
      submitsInDoubt = true;
      scheduler.schedule(PAUSE_BEFORE_LOOKING, this::resumeUnlessHalted);
    } else if (submitsInDoubt) {
      submitsInDoubt = failure != null;
      executor.execute(this::resumeUnlessHalted);
    }
  }

  private void resumeUnlessHalted() {
    if (!halted) {
      resume();
    }
  }

  public Optional<ProcedureInfo> find(ProcedureId id) {
    return Optional.ofNullable(metadata.image().procedures().get(id)).map(this::info);
  }

  /** Oldest first. */
  public List<ProcedureInfo> list() {
    return metadata.image().procedures().values().stream()
        .map(this::info)
        .sorted(Comparator.comparing(ProcedureInfo::startedAt).thenComparing(ProcedureInfo::id))
        .toList();
  }

  /** Completes when the procedure has ended, or with its present state after {@code timeout}. */
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    Optional<ProcedureInfo> present = find(id);
    if (present.isEmpty()) {
      return CompletableFuture.failedFuture(notFound(id));
    }
    if (present.get().status().isFinal() || timeout.isZero() || timeout.isNegative()) {
      return CompletableFuture.completedFuture(present.get());
    }
    Waiter waiter = new Waiter(id, new CompletableFuture<>());
    synchronized (waiters) {
      waiters.add(waiter);
    }
    Scheduler.Cancellable timer = scheduler.schedule(timeout, () -> answer(waiter));
    waiter.future.whenComplete((info, failure) -> timer.cancel());
    if (halted || find(id).filter(info -> !info.status().isFinal()).isEmpty()) {
      answer(waiter);
    }
    return waiter.future;
  }

  /** Sends a procedure back; completes when the way back is stored. */
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, TerraneException reason) {
    Optional<ProcedureInfo> present = find(id);
    if (present.isEmpty()) {
      return CompletableFuture.failedFuture(notFound(id));
    }
    RunningProcedure run = running.get(id);
    if (run == null) {
      boolean ended = present.get().status().isFinal();
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.PROCEDURE_NOT_CANCELLABLE,
              "procedure "
                  + id
                  + (ended ? " has ended " + present.get().status() : " does not run")));
    }
    return run.cancel(reason).thenApply(back -> find(id).orElseThrow(() -> notFound(id)));
  }

  public static TerraneException notFound(ProcedureId id) {
    return new TerraneException(ErrorCode.PROCEDURE_NOT_FOUND, "Procedure not found: " + id);
  }

  private void begin(ProcedureRecord record, Procedure procedure) {
    ProcedureId id = record.id();
    RunningProcedure run =
        new RunningProcedure(
            store, scheduler, executor, random, retry, record, procedure, () -> onEnd(id));
    if (running.putIfAbsent(id, run) != null) {
      return;
    }
    // Read after the put: a run that ended before it has left its last record.
    ProcedureRecord present = metadata.image().procedures().get(id);
    if (present == null || present.revision() != record.revision()) {
      running.remove(id);
      return;
    }
    if (halted) {
      run.halt();
    }
    locks.acquire(id, procedure.lockKeys(), run::run);
  }

  private void onEnd(ProcedureId id) {
    running.remove(id);
    locks.release(id);
    List<Waiter> ready;
    synchronized (waiters) {
      ready = waiters.stream().filter(waiter -> waiter.id.equals(id)).toList();
    }
    ready.forEach(this::answer);
  }

  private void answer(Waiter waiter) {
    synchronized (waiters) {
      waiters.remove(waiter);
    }
    find(waiter.id)
        .ifPresentOrElse(waiter.future::complete, () -> waiter.fail(notFound(waiter.id)));
  }

  private ProcedureInfo info(ProcedureRecord record) {
    if (record.isFinal()) {
      return record.info();
    }
    RunningProcedure run = running.get(record.id());
    if (run != null) {
      return run.info();
    }
    TerraneException failure = parked.get(record.id());
    return failure == null ? record.info() : parkedInfo(record.info(), failure);
  }

  private static ProcedureInfo parkedInfo(ProcedureInfo info, TerraneException failure) {
    return new ProcedureInfo(
        info.id(),
        info.type(),
        ProcedureStatus.RETRYING,
        info.step(),
        Optional.of(failure.code()),
        Optional.of(failure.getMessage()),
        info.startedAt(),
        info.endedAt(),
        info.lockKeys(),
        info.catalogVersion());
  }

  private record Waiter(ProcedureId id, CompletableFuture<ProcedureInfo> future) {
    void fail(TerraneException reason) {
      future.completeExceptionally(reason);
    }
  }
}
