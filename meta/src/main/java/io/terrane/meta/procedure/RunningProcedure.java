package io.terrane.meta.procedure;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.time.Scheduler;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.ProcedureRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One procedure on its way through its states. Everything happens one after the other: a step, the
 * commit of its transition, the next step; only {@link #info} and {@link #halt} may be called by
 * others.
 */
final class RunningProcedure implements Transition.Taker {
  private static final Logger LOG = LoggerFactory.getLogger(RunningProcedure.class);
  private static final Duration PAUSE_BEFORE_COMMIT_AGAIN = Duration.ofMillis(500);

  private final ProcedureStore store;
  private final Scheduler scheduler;
  private final Executor executor;
  private final RandomGenerator random;
  private final RetryPolicy retry;
  private final Runnable ended;
  private volatile ProcedureRecord record;
  private volatile Optional<TerraneException> lastFailure = Optional.empty();
  private volatile boolean halted;
  private Procedure procedure;
  private int tries;

  RunningProcedure(
      ProcedureStore store,
      Scheduler scheduler,
      Executor executor,
      RandomGenerator random,
      RetryPolicy retry,
      ProcedureRecord record,
      Procedure procedure,
      Runnable ended) {
    this.store = store;
    this.scheduler = scheduler;
    this.executor = executor;
    this.random = random;
    this.retry = retry;
    this.record = record;
    this.procedure = procedure;
    this.ended = ended;
  }

  /** The stored record, with the failure that waits for its next try. */
  ProcedureInfo info() {
    ProcedureInfo info = record.info();
    Optional<TerraneException> failure = lastFailure;
    if (failure.isEmpty() || record.isFinal()) {
      return info;
    }
    boolean undoing = info.status() == ProcedureStatus.ROLLING_BACK;
    return new ProcedureInfo(
        info.id(),
        info.type(),
        undoing ? info.status() : ProcedureStatus.RETRYING,
        info.step(),
        failure.map(TerraneException::code),
        failure.map(TerraneException::getMessage),
        info.startedAt(),
        info.endedAt(),
        info.lockKeys(),
        info.catalogVersion());
  }

  /** Takes no further step; the record stays as it is for the next leader. */
  void halt() {
    halted = true;
  }

  void run() {
    executor.execute(this::step);
  }

  private void step() {
    if (halted) {
      return;
    }
    CompletableFuture<Transition> step;
    try {
      step = procedure.next();
    } catch (RuntimeException broken) {
      step = CompletableFuture.failedFuture(broken);
    }
    step.whenCompleteAsync(this::onStep, executor);
  }

  private void onStep(Transition transition, Throwable failure) {
    if (halted) {
      return;
    }
    if (failure != null) {
      onFailure(TerraneException.of(failure));
    } else {
      transition.takeBy(this);
    }
  }

  @Override
  public void goOn(Function<MetadataImage, Transition.Decision> author) {
    commit(
        () -> store.advance(record, author),
        advanced -> {
          record = advanced.record();
          procedure = advanced.procedure();
          LOG.debug("procedure {} goes on with {}", record.id(), record.step());
          tries = 0;
          lastFailure = Optional.empty();
          step();
        });
  }

  @Override
  public void waitFor(Duration pause, Optional<TerraneException> obstacle) {
    lastFailure = obstacle;
    scheduler.schedule(pause, this::run);
  }

  @Override
  public void finish(Function<MetadataImage, MetadataEdit> author) {
    commit(() -> store.end(record, Optional.empty(), author), this::onEnd);
  }

  @Override
  public void fail(TerraneException reason, Function<MetadataImage, MetadataEdit> author) {
    commit(() -> store.end(record, Optional.of(reason), author), this::onEnd);
  }

  private void onEnd(ProcedureRecord end) {
    record = end;
    LOG.info(
        "procedure {} {} has ended {}{}",
        end.type(),
        end.id(),
        end.status(),
        end.error().map(text -> ": " + text).orElse(""));
    ended.run();
  }

  /** Commits until it is known to have happened or been refused. */
  private <T> void commit(Supplier<CompletableFuture<T>> write, Consumer<T> then) {
    if (halted) {
      return;
    }
    write
        .get()
        .whenCompleteAsync(
            (stored, failure) -> {
              if (failure == null) {
                then.accept(stored);
              } else {
                onCommitFailure(TerraneException.of(failure), () -> commit(write, then));
              }
            },
            executor);
  }

  private void onCommitFailure(TerraneException failure, Runnable again) {
    ErrorCode code = failure.code();
    if (code == ErrorCode.NOT_METASRV_LEADER || code == ErrorCode.SHUTTING_DOWN) {
      halt();
    } else if (code == ErrorCode.LOG_UNAVAILABLE
        || failure.kind() == ErrorKind.OUTCOME_UNKNOWN
        || failure.kind() == ErrorKind.RESOURCE) {
      // Without the log there is nothing else to do: not even the failure could be stored.
      LOG.warn("procedure {}: store its state again", record.id(), failure);
      lastFailure = Optional.of(failure);
      scheduler.schedule(PAUSE_BEFORE_COMMIT_AGAIN, again);
    } else {
      onFailure(failure);
    }
  }

  private void onFailure(TerraneException failure) {
    tries++;
    lastFailure = Optional.of(failure);
    boolean mayPass =
        switch (failure.kind()) {
          case RETRY, RESOURCE, OUTCOME_UNKNOWN -> true;
          case USER, CORRUPTION, INTERNAL -> false;
        };
    if (mayPass && retry.allowsAfter(tries)) {
      LOG.debug("procedure {}: try {} of {} failed", record.id(), tries, record.step(), failure);
      scheduler.schedule(retry.pauseAfter(tries, random), this::run);
      return;
    }
    LOG.warn("procedure {}: {} failed for good", record.id(), record.step(), failure);
    procedure
        .retreat(failure)
        .ifPresentOrElse(
            back -> goOn(image -> new Transition.Decision(back, MetadataEdit.NOTHING)),
            () ->
                commit(
                    () -> store.end(record, Optional.of(failure), Transition.NO_EDIT),
                    this::onEnd));
  }
}
