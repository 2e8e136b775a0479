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
import java.util.concurrent.atomic.AtomicReference;
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
  private volatile Optional<Cancellation> cancellation = Optional.empty();
  private volatile CompletableFuture<Transition> attempt = new CompletableFuture<>();
  private volatile boolean halted;
  private volatile Procedure procedure;
  private volatile Pause pause = Pause.OVER;
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
    cancellation.ifPresent(
        asked ->
            asked.refuse(
                new TerraneException(ErrorCode.SHUTTING_DOWN, "this metasrv stops; ask again")));
  }

  /**
   * Goes back instead of on. What the present step is about is not awaited: it may be carried out
   * or not, as when its answer is lost.
   */
  CompletableFuture<Void> cancel(TerraneException reason) {
    Optional<Cancellation> earlier = cancellation;
    if (earlier.isPresent()) {
      return earlier.get().stored();
    }
    Cancellation asked = new Cancellation(reason, new CompletableFuture<>());
    cancellation = Optional.of(asked);
    if (halted) {
      halt();
    } else if (procedure.cancel(reason).isEmpty()) {
      refuse(asked);
    } else {
      attempt.completeExceptionally(reason);
      pause.end();
    }
    return asked.stored();
  }

  private void refuse(Cancellation asked) {
    cancellation = Optional.empty();
    asked.refuse(
        new TerraneException(
            ErrorCode.PROCEDURE_NOT_CANCELLABLE,
            "procedure " + record.id() + " cannot go back from " + procedure.step()));
  }

  void run() {
    executor.execute(this::step);
  }

  private void step() {
    if (halted) {
      return;
    }
    CompletableFuture<Transition> now = new CompletableFuture<>();
    now.whenCompleteAsync(this::onStep, executor);
    attempt = now;
    // Read after the attempt is there: whoever cancels later finds it.
    Optional<Cancellation> asked = cancellation;
    if (asked.isPresent()) {
      now.completeExceptionally(asked.get().reason());
      return;
    }
    try {
      procedure
          .next()
          .whenComplete(
              (transition, failure) -> {
                if (failure == null) {
                  now.complete(transition);
                } else {
                  now.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException broken) {
      now.completeExceptionally(broken);
    }
  }

  private void onStep(Transition transition, Throwable failure) {
    if (halted) {
      return;
    }
    Optional<Cancellation> asked = cancellation;
    if (asked.isPresent()) {
      goBack(asked.get());
    } else if (failure != null) {
      onFailure(TerraneException.of(failure));
    } else {
      transition.takeBy(this);
    }
  }

  private void goBack(Cancellation asked) {
    Optional<Procedure> back = procedure.cancel(asked.reason());
    if (back.isEmpty()) {
      refuse(asked);
      step();
      return;
    }
    advance(
        image -> new Transition.Decision(back.get(), MetadataEdit.NOTHING),
        () -> {
          LOG.info("procedure {} is cancelled", record.id());
          cancellation = Optional.empty();
          asked.stored().complete(null);
        });
  }

  @Override
  public void goOn(Function<MetadataImage, Transition.Decision> author) {
    advance(author, () -> {});
  }

  private void advance(Function<MetadataImage, Transition.Decision> author, Runnable whenStored) {
    commit(
        () -> store.advance(record, author),
        advanced -> {
          record = advanced.record();
          procedure = advanced.procedure();
          LOG.debug("procedure {} goes on with {}", record.id(), record.step());
          tries = 0;
          lastFailure = Optional.empty();
          whenStored.run();
          step();
        });
  }

  @Override
  public void waitFor(Duration time, Optional<TerraneException> obstacle) {
    lastFailure = obstacle;
    sleep(time);
  }

  private void sleep(Duration time) {
    Pause next = new Pause(this::run);
    pause = next;
    scheduler.schedule(time, next::end);
    if (cancellation.isPresent()) {
      next.end();
    }
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
    cancellation.ifPresent(this::refuse);
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

  private record Cancellation(TerraneException reason, CompletableFuture<Void> stored) {
    void refuse(TerraneException why) {
      stored.completeExceptionally(why);
    }
  }

  /** A wait before the next try, which ends once, by its time or early. */
  private static final class Pause {
    static final Pause OVER = new Pause(() -> {});

    private final AtomicReference<Runnable> then;

    Pause(Runnable then) {
      this.then = new AtomicReference<>(then);
    }

    void end() {
      Runnable next = then.getAndSet(null);
      if (next != null) {
        next.run();
      }
    }
  }

  private void onFailure(TerraneException failure) {
    tries++;
    lastFailure = Optional.of(failure);
    procedure = procedure.afterFailure(failure);
    boolean mayPass =
        switch (failure.kind()) {
          case RETRY, RESOURCE, OUTCOME_UNKNOWN -> true;
          case USER, CORRUPTION, INTERNAL -> false;
        };
    if (mayPass && retry.allowsAfter(tries)) {
      LOG.debug("procedure {}: try {} of {} failed", record.id(), tries, record.step(), failure);
      sleep(retry.pauseAfter(tries, random));
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
