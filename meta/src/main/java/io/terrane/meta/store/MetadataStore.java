package io.terrane.meta.store;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata of a cluster: a replica, and a writer on top of it. Thread-safe, never blocks.
 *
 * <p>Edits that wait are committed together, one batch in flight at a time, so each author sees an
 * image with every earlier edit of this store in it. A batch's outcome is what comes of it when it
 * is applied at its place in the log. If the log loses its answer, the store appends an empty batch
 * under a higher sequence and reads on: by then the lost batch was either seen, or no replica will
 * ever let it take effect (see {@link Leadership}). If that is answered neither,
 * METADATA_OUTCOME_UNKNOWN.
 */
public final class MetadataStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataStore.class);
  private static final int GROUP_MAX = 256;
  private static final int WAITING_MAX = 10_000;
  private static final int BARRIERS_MAX = 5;
  private static final Duration BARRIER_PAUSE = Duration.ofMillis(200);

  private final SharedLog log;
  private final LogTopic topic;
  private final MetadataSnapshots snapshots;
  private final Scheduler scheduler;
  private final Executor executor;
  private final long snapshotEveryEdits;
  private final MetadataReplica replica;
  private final String writer;
  private final ArrayDeque<WaitingEdit<?>> queue = new ArrayDeque<>();
  private EditGroup inFlight;
  private long lastSequence;
  private long term;
  private long editsSinceSnapshot;
  private boolean storingSnapshot;
  private Optional<TerraneException> stopped = Optional.empty();

  public MetadataStore(
      SharedLog log,
      LogTopic topic,
      MetadataSnapshots snapshots,
      Scheduler scheduler,
      Executor executor,
      RandomGenerator random,
      long snapshotEveryEdits) {
    this.log = log;
    this.topic = topic;
    this.snapshots = snapshots;
    this.scheduler = scheduler;
    this.executor = executor;
    this.snapshotEveryEdits = snapshotEveryEdits;
    this.replica =
        new MetadataReplica(log, topic, snapshots, scheduler, executor, this::stopWriting);
    this.writer = String.format("%016x", random.nextLong());
    replica.onApplied(this::onApplied);
  }

  /** Makes the topic if need be, loads and catches up. */
  public CompletableFuture<Void> start() {
    return log.createTopics(List.of(topic)).thenCompose(done -> replica.start());
  }

  public MetadataImage image() {
    return replica.image();
  }

  /** An image that shows everything committed before the call, whoever committed it. */
  public CompletableFuture<MetadataImage> latest() {
    return replica.latest();
  }

  /** Called with each new image in order; must not block. */
  public void onImage(Consumer<MetadataImage> listener) {
    replica.onApplied(applied -> listener.accept(applied.image()));
  }

  public synchronized boolean isLeader() {
    Leadership led = image().leadership();
    return stopped.isEmpty() && term > 0 && led.term() == term && led.writer().equals(writer);
  }

  /** Begins the next term under this store; others that led learn it when they read it. */
  public CompletableFuture<Long> takeLeadership() {
    Function<MetadataImage, Proposal<Long>> author =
        image -> {
          long next = image.leadership().term() + 1;
          MetadataEdit edit =
              MetadataEdit.of(new Change.TakeLeadership(next, writer))
                  .requiring(new Requirement.TermIs(next - 1));
          return new Proposal<>(edit, next);
        };
    return enqueue(author).thenApply(this::lead);
  }

  /**
   * Commits what {@code author} makes of the present image; completes with its result once the edit
   * has taken effect. The author may be called on any thread, once, and refuses by throwing a
   * TerraneException. Fails with NOT_METASRV_LEADER, CONFLICT (a requirement does not hold),
   * LOG_UNAVAILABLE (nothing happened) or METADATA_OUTCOME_UNKNOWN.
   */
  public <R> CompletableFuture<R> commit(Function<MetadataImage, Proposal<R>> author) {
    return enqueue(
        image -> {
          checkLeader();
          Proposal<R> proposal = author.apply(image);
          MetadataEdit edit = proposal.edit().requiring(new Requirement.TermIs(term()));
          return new Proposal<>(edit, proposal.result());
        });
  }

  /**
   * Shows others that follow the log that this leader lives, unless a batch on its way does so
   * already. If it is lost, the next one tells.
   */
  public void announce() {
    MetadataBatch batch;
    synchronized (this) {
      if (stopped.isPresent() || inFlight != null) {
        return;
      }
      batch = new MetadataBatch(writer, ++lastSequence, List.of());
    }
    LogRecord record = record(batch);
    log.append(topic, record)
        .whenComplete(
            (position, failure) -> {
              if (failure == null) {
                replica.appended(position, record);
              } else {
                LOG.debug("could not announce the leader", failure);
              }
            });
  }

  /** Stores a snapshot of what is applied, gives up the log behind the one before it, closes. */
  public CompletableFuture<Void> closeCleanly() {
    CompletableFuture<Void> stored =
        isLeader() ? storeSnapshot(image()) : CompletableFuture.completedFuture(null);
    return stored.handle(
        (done, failure) -> {
          if (failure != null) {
            LOG.warn("no metadata snapshot on close, the log has it all", failure);
          }
          close();
          return null;
        });
  }

  @Override
  public void close() {
    replica.close();
  }

  /** Called once, when the replica is closed or cannot go on: no outcome can be read any more. */
  private void stopWriting(TerraneException reason) {
    List<WaitingEdit<?>> left = new ArrayList<>();
    synchronized (this) {
      stopped = Optional.of(reason);
      left.addAll(queue);
      queue.clear();
      if (inFlight != null) {
        left.addAll(inFlight.members());
        inFlight = null;
      }
    }
    left.forEach(waiting -> waiting.fail(reason));
  }

  private synchronized long lead(long newTerm) {
    term = newTerm;
    LOG.info("leads the metadata under term {}", newTerm);
    return newTerm;
  }

  private synchronized long term() {
    return term;
  }

  private void checkLeader() {
    if (!isLeader()) {
      throw notLeader();
    }
  }

  private <R> CompletableFuture<R> enqueue(Function<MetadataImage, Proposal<R>> author) {
    WaitingEdit<R> waiting = new WaitingEdit<>(author);
    synchronized (this) {
      if (stopped.isPresent()) {
        waiting.fail(stopped.get());
      } else if (queue.size() >= WAITING_MAX) {
        waiting.fail(
            new TerraneException(
                ErrorCode.RESOURCE_EXHAUSTED, WAITING_MAX + " metadata edits wait already"));
      } else {
        queue.add(waiting);
      }
    }
    executor.execute(this::pump);
    return waiting.future();
  }

  /** Sends the next group unless one is on its way. */
  private void pump() {
    EditGroup group;
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      if (stopped.isPresent() || inFlight != null || queue.isEmpty()) {
        return;
      }
      group = gather(answers);
      inFlight = group.isEmpty() ? null : group;
    }
    answers.forEach(Runnable::run);
    if (group.isEmpty()) {
      group.forEach(WaitingEdit::succeed);
      executor.execute(this::pump);
    } else {
      append(group);
    }
  }

  private EditGroup gather(List<Runnable> answers) {
    EditGroup group = new EditGroup(++lastSequence);
    MetadataImage image = image();
    while (!queue.isEmpty() && group.size() < GROUP_MAX) {
      WaitingEdit<?> next = queue.poll();
      try {
        MetadataEdit edit = next.write(image);
        image = edit.isEmpty() ? image : image.after(edit, image.version() + 1);
        group.add(next);
      } catch (RuntimeException refused) {
        answers.add(() -> next.fail(TerraneException.of(refused)));
      }
    }
    return group;
  }

  private void append(EditGroup group) {
    MetadataBatch batch = new MetadataBatch(writer, group.sequence(), group.edits());
    LogRecord record = record(batch);
    log.append(topic, record)
        .whenComplete(
            (position, failure) -> {
              if (failure == null) {
                replica.appended(position, record);
              } else {
                onLost(group, TerraneException.of(failure));
              }
            });
  }

  private void onLost(EditGroup group, TerraneException failure) {
    if (failure.code() == ErrorCode.WRITE_OUTCOME_UNKNOWN) {
      appendBarrier(group, 1);
    } else {
      finish(group, waiting -> waiting.fail(failure));
    }
  }

  private void appendBarrier(EditGroup group, int attempt) {
    long sequence;
    synchronized (this) {
      if (stopped.isPresent() || inFlight != group) {
        return;
      }
      sequence = ++lastSequence;
    }
    log.append(topic, record(new MetadataBatch(writer, sequence, List.of())))
        .whenComplete(
            (position, failure) -> {
              if (failure != null && attempt < BARRIERS_MAX) {
                scheduler.schedule(
                    BARRIER_PAUSE.multipliedBy(attempt), () -> appendBarrier(group, attempt + 1));
              } else if (failure != null) {
                finish(group, waiting -> waiting.fail(outcomeUnknown(failure)));
              }
            });
  }

  private void onApplied(MetadataImage.Applied applied) {
    if (applied.batch().writer().equals(writer)) {
      EditGroup group;
      synchronized (this) {
        group = inFlight;
      }
      if (group != null && applied.batch().sequence() == group.sequence()) {
        group.tell(applied.effects(), this::refusal);
        finish(group, waiting -> {});
      } else if (group != null && applied.batch().sequence() > group.sequence()) {
        TerraneException nothing =
            new TerraneException(ErrorCode.LOG_UNAVAILABLE, "the metadata log lost the edit");
        finish(group, waiting -> waiting.fail(nothing));
      }
    }
    countForSnapshot(applied);
  }

  private void finish(EditGroup group, Consumer<WaitingEdit<?>> answer) {
    synchronized (this) {
      if (inFlight != group) {
        return;
      }
      inFlight = null;
    }
    group.forEach(answer);
    executor.execute(this::pump);
  }

  private TerraneException refusal() {
    return isLeader()
        ? new TerraneException(ErrorCode.CONFLICT, "the metadata has changed meanwhile")
        : notLeader();
  }

  private void countForSnapshot(MetadataImage.Applied applied) {
    synchronized (this) {
      editsSinceSnapshot += Math.max(1, applied.effects().size());
      if (editsSinceSnapshot < snapshotEveryEdits || storingSnapshot || !isLeader()) {
        return;
      }
      editsSinceSnapshot = 0;
      storingSnapshot = true;
    }
    storeSnapshot(applied.image())
        .whenComplete(
            (done, failure) -> {
              synchronized (this) {
                storingSnapshot = false;
              }
              if (failure != null) {
                LOG.warn("no metadata snapshot this time, the log keeps its entries", failure);
              }
            });
  }

  private CompletableFuture<Void> storeSnapshot(MetadataImage image) {
    return snapshots
        .store(image)
        .thenCompose(needed -> log.trim(topic, needed))
        .thenRun(() -> LOG.info("metadata snapshot at {}", image.version()));
  }

  private static LogRecord record(MetadataBatch batch) {
    return new LogRecord(Map.of(), EditCodec.encode(batch));
  }

  private static TerraneException notLeader() {
    return new TerraneException(
        ErrorCode.NOT_METASRV_LEADER, "this metasrv does not lead; another one does or will");
  }

  private static TerraneException outcomeUnknown(Throwable failure) {
    return new TerraneException(
        ErrorCode.METADATA_OUTCOME_UNKNOWN,
        "the metadata log does not say whether the edit took effect; look before trying again",
        failure);
  }
}
